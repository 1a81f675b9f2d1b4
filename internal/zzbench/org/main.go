package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

func main() {
	org := sfmock.New(sfmock.Options{})
	var cfg strings.Builder
	fields := 0
	obj, fld := "", ""
	for i := range 250 {
		name := fmt.Sprintf("Bench_Object_%03d__c", i)
		var cols []string
		for j := range 8 {
			cols = append(cols, fmt.Sprintf("Field_Number_%02d__c", j))
			fld += fmt.Sprintf("    %q = %q\n", name+"."+cols[j], []string{"read", "edit"}[j%2])
			fields++
		}
		if err := org.AddCustomObject(name, cols...); err != nil {
			panic(err)
		}
		obj += fmt.Sprintf("    %s = [\"read\", \"create\", \"edit\", \"delete\"]\n", name)
	}
	token, _ := org.Token(org.AdministratorUsername())
	s, err := org.Listen("127.0.0.1:8799")
	if err != nil {
		panic(err)
	}
	fmt.Fprintf(&cfg, `terraform {
  required_providers { salesforce = { source = "terraform-salesforce/salesforce" } }
}
provider "salesforce" {
  instance_url = %q
  access_token = %q
}
resource "salesforce_permission_set" "b" {
  name = "Bench"
  label = "Bench"
  object_permissions = {
%s  }
  field_permissions = {
%s  }
}
`, s.URL, token, obj, fld)
	os.MkdirAll("/tmp/bench/mine", 0o755)
	os.WriteFile("/tmp/bench/mine/main.tf", []byte(cfg.String()), 0o644)
	os.MkdirAll("/tmp/bench/bare", 0o755)
	os.WriteFile("/tmp/bench/bare/main.tf", []byte(`terraform {
  required_providers { bare = { source = "example/bare" } }
}
resource "bare_thing" "b" {
  values = {
`+fld+`  }
}
`), 0o644)
	select {}
}
