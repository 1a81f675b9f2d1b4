package provider

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	hclang "github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
)

// exampleBlocks are the blocks of an example.
func exampleBlocks(t *testing.T, file string) hclsyntax.Blocks {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	parsed, diags := hclsyntax.ParseConfig(text, file, hclang.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return parsed.Body.(*hclsyntax.Body).Blocks
}

// exampleFiles are the files of the examples that match a pattern.
func exampleFiles(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "examples", pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("there are no examples %s (%v)", pattern, err)
	}
	return files
}

var (
	shownImport = regexp.MustCompile(`(?m)^terraform import (\S+) (?:"([^"]+)"|(\S+))$`)
	madeUpID    = regexp.MustCompile(`^[0-9A-Za-z]{3}[0-9A-Za-z]{15}$`)
)

// importedAsShown checks that what an example made can be imported by each id that import.sh and the import blocks beside it show.
func (o *testOrg) importedAsShown(t *testing.T, folder string) resource.TestCheckFunc {
	t.Helper()
	return func(s *terraform.State) error {
		if !strings.HasPrefix(folder, filepath.Join(root, "examples/resources")) {
			return nil
		}
		script, err := os.ReadFile(filepath.Join(folder, "import.sh"))
		if err != nil {
			return err
		}
		shown := shownImport.FindAllStringSubmatch(string(script), -1)
		if commands := strings.Count(string(script), "\nterraform "); len(shown) == 0 || len(shown) != commands {
			return fmt.Errorf("import.sh has %d commands, of which %d import", commands, len(shown))
		}
		p := o.speak(t)
		for _, command := range shown {
			if err := p.finds(t, s, command[1], command[2]+command[3]); err != nil {
				return err
			}
		}
		to, id := importBlock(t, filepath.Join(folder, "import-by-string-id.tf"), "id")
		if err := p.finds(t, s, to, id.(string)); err != nil {
			return err
		}
		to, identity := importBlock(t, filepath.Join(folder, "import-by-identity.tf"), "identity")
		return p.identifies(t, s, to, identity.(map[string]string))
	}
}

// importBlock is the one import block of a file: what it imports to, and a text or an object of texts by which.
func importBlock(t *testing.T, file, by string) (to string, value any) {
	t.Helper()
	blocks := exampleBlocks(t, file)
	if len(blocks) != 1 || blocks[0].Type != "import" {
		t.Fatalf("%s is not one import block", file)
	}
	parts := blocks[0].Body.Attributes["to"].Expr.Variables()[0]
	to = parts.RootName() + "." + parts[1].(hclang.TraverseAttr).Name
	v, diags := blocks[0].Body.Attributes[by].Expr.Value(nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	if !v.Type().IsObjectType() {
		return to, v.AsString()
	}
	texts := map[string]string{}
	for name, text := range v.AsValueMap() {
		texts[name] = text.AsString()
	}
	return to, texts
}

// realID is the id of what the example made, for a made-up id of the same kind; other ids are real.
func realID(s *terraform.State, to, id string) (string, error) {
	made := s.RootModule().Resources[to]
	if made == nil || !madeUpID.MatchString(id) {
		return id, nil
	}
	if made.Primary.ID[:3] != id[:3] {
		return "", fmt.Errorf("%s is shown for %s, whose id is %s", id, to, made.Primary.ID)
	}
	return made.Primary.ID, nil
}

// finds imports by an id.
func (p *protocol) finds(t *testing.T, s *terraform.State, to, id string) error {
	t.Helper()
	id, err := realID(s, to, id)
	if err != nil {
		return err
	}
	typeName, _, _ := strings.Cut(to, ".")
	return sameThing(s, to, p.imported(t, typeName, id))
}

// identifies imports by an identity.
func (p *protocol) identifies(t *testing.T, s *terraform.State, to string, identity map[string]string) error {
	t.Helper()
	typeName, _, _ := strings.Cut(to, ".")
	id := identity["id"]
	if typeName == metadataType {
		id = identity["type"] + ":" + identity["full_name"]
	}
	if len(identity) != len(p.identities[typeName].IdentityAttributes) {
		return fmt.Errorf("%s is imported by the identity %v", to, identity)
	}
	id, err := realID(s, to, id)
	if err != nil {
		return err
	}
	return sameThing(s, to, p.importByIdentity(t, typeName, id))
}

// sameThing checks that what was imported is what the example made, if it made that.
func sameThing(s *terraform.State, to string, imported map[string]tftypes.Value) error {
	made := s.RootModule().Resources[to]
	if imported == nil {
		return fmt.Errorf("%s is not there", to)
	}
	if made == nil { // a thing that every org has
		return nil
	}
	id, ok := imported["id"]
	if ok && !id.Equal(tfText(made.Primary.ID)) {
		return fmt.Errorf("imported to %s is %s, not %s", to, id, made.Primary.ID)
	}
	return nil
}

// The examples of list resources find something in an org that has everything, which Terraform asks for from 1.14 on only.
func TestListExamples(t *testing.T) {
	t.Parallel()
	o := wholeOrg(t)
	billing := o.set(t, "Billing_Sync")
	if err := o.SetComponent("RemoteSiteSetting", "Billing_API", siteContent()); err != nil {
		t.Fatal(err)
	}
	o.insert(t, "PermissionSetAssignment", map[string]any{"AssigneeId": o.userID(seller), "PermissionSetId": billing})
	p := o.speak(t)
	for _, file := range append(exampleFiles(t, "list-resources/*/*.tfquery.hcl"), exampleFiles(t, "guides/*/*.tfquery.hcl")...) {
		for _, block := range exampleBlocks(t, file) {
			t.Run(strings.Join(block.Labels, "."), func(t *testing.T) {
				t.Parallel()
				typeName := block.Labels[0]
				schema := p.all.ListResourceSchemas[typeName]
				if block.Type != "list" || schema == nil {
					t.Fatalf("%s lists nothing that there is", file)
				}
				results, diags := p.list(t, typeName, nestedConfig(t, schema, block), block.Body.Attributes["include_resource"] != nil, 100)
				failed(t, nil, diags)
				if len(results) == 0 {
					t.Errorf("%s finds nothing", file)
				}
			})
		}
	}
}

// nestedConfig is what the config block in a list or action block says.
func nestedConfig(t *testing.T, schema *tfprotov6.Schema, block *hclsyntax.Block) map[string]tftypes.Value {
	t.Helper()
	for name := range block.Body.Attributes {
		if block.Type != "list" || name != "provider" && name != "include_resource" && name != "limit" {
			t.Fatalf("%s has no argument %s", block.Type, name)
		}
	}
	switch nested := block.Body.Blocks; {
	case len(nested) == 0:
		return map[string]tftypes.Value{}
	case len(nested) == 1 && nested[0].Type == "config":
		return constantsOf(t, schema, nested[0].Body)
	default:
		t.Fatalf("%s has other blocks than config", block.Type)
		return nil
	}
}
