// Command terraform-provider-salesforce serves the Salesforce provider to Terraform.
package main

import (
	"context"
	"flag"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/provider"
)

var version = "dev" // set by the release build

func main() {
	debugging := flag.Bool("debug", false, "run on its own, for a debugger to attach to")
	flag.Parse()
	if !*debugging {
		spareTheCPU()
	}
	err := providerserver.Serve(context.Background(), provider.New(version), providerserver.ServeOpts{
		Address: "registry.terraform.io/terraform-salesforce/salesforce",
		Debug:   *debugging,
	})
	if err != nil {
		log.Fatal(err)
	}
}
