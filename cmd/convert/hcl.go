package main

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/zclconf/go-cty/cty"
)

// organizationID is the variable that holds the id of the org, which settings are imported by.
const organizationID = "organization_id"

// configuration is the text of all things: what is imported, and what it is.
func configuration(things []*thing, schemas map[string]*tfprotov6.Schema) []byte {
	file := hclwrite.NewEmptyFile()
	body := file.Body()
	if slices.ContainsFunc(things, func(t *thing) bool { return t.id == "" }) {
		variable := body.AppendNewBlock("variable", []string{organizationID}).Body()
		variable.SetAttributeRaw("type", hclwrite.TokensForIdentifier("string"))
		variable.SetAttributeValue("description", cty.StringVal("Id of the org, which Setup > Company Information shows. Settings are imported by it."))
		body.AppendNewline()
	}
	known := referencesTo(things)
	for i, t := range things {
		if i > 0 {
			body.AppendNewline()
		}
		t.write(body, schemas[t.resource], known)
	}
	return file.Bytes()
}

func (t *thing) write(body *hclwrite.Body, schema *tfprotov6.Schema, known references) {
	body.AppendUnstructuredTokens(comment("From " + t.file))
	imports := body.AppendNewBlock("import", nil).Body()
	imports.SetAttributeTraversal("to", traversal(t.resource, t.name))
	if t.id == "" {
		imports.SetAttributeTraversal("id", traversal("var", organizationID))
	} else {
		imports.SetAttributeValue("id", cty.StringVal(t.id))
	}
	body.AppendNewline()
	resource := body.AppendNewBlock("resource", []string{t.resource, t.name}).Body()
	w := writer{t, known}
	for _, a := range ordered(schema.Block.Attributes) {
		if tokens := w.attribute(a, t.config[a.Name]); tokens != nil {
			resource.SetAttributeRaw(a.Name, tokens)
		}
	}
}

// comment takes no line break into the configuration.
func comment(text string) hclwrite.Tokens {
	text = strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, text)
	return hclwrite.Tokens{{Type: hclsyntax.TokenComment, Bytes: fmt.Appendf(nil, "# %s\n", text)}}
}

func traversal(root string, steps ...string) hcl.Traversal {
	path := hcl.Traversal{hcl.TraverseRoot{Name: root}}
	for _, step := range steps {
		path = append(path, hcl.TraverseAttr{Name: step})
	}
	return path
}

// ordered are attributes with the name first, then what else is required.
func ordered(attributes []*tfprotov6.SchemaAttribute) []*tfprotov6.SchemaAttribute {
	rank := func(a *tfprotov6.SchemaAttribute) int {
		switch {
		case a.Name == "name" || a.Name == "type":
			return 0
		case a.Required:
			return 1
		}
		return 2
	}
	return slices.SortedFunc(slices.Values(attributes), func(a, b *tfprotov6.SchemaAttribute) int {
		return cmp.Or(rank(a)-rank(b), strings.Compare(a.Name, b.Name))
	})
}

// wide is how long a line may be.
const wide = 100

// listTokens has an entry a line where one line would be long.
func listTokens(entries []hclwrite.Tokens) hclwrite.Tokens {
	line := hclwrite.TokensForTuple(entries)
	text := line.Bytes()
	if len(text) <= wide && !bytes.ContainsRune(text, '\n') {
		return line
	}
	lines := hclwrite.Tokens{{Type: hclsyntax.TokenOBrack, Bytes: []byte("[")}, newline}
	for _, entry := range entries {
		lines = append(append(lines, entry...), &hclwrite.Token{Type: hclsyntax.TokenComma, Bytes: []byte(",")}, newline)
	}
	return append(lines, &hclwrite.Token{Type: hclsyntax.TokenCBrack, Bytes: []byte("]")})
}

// linesOf is a text that ends with a line break as it stands, between marks that are not in it.
func linesOf(text string) hclwrite.Tokens {
	mark := "EOT"
	for strings.Contains(text, mark) {
		mark += "_"
	}
	return hclwrite.Tokens{
		{Type: hclsyntax.TokenOHeredoc, Bytes: []byte("<<" + mark + "\n")},
		{Type: hclsyntax.TokenStringLit, Bytes: []byte(templates.Replace(text))},
		{Type: hclsyntax.TokenCHeredoc, Bytes: []byte(mark)},
	}
}

// templates are the beginnings of templates, and how a text has them that is none.
var templates = strings.NewReplacer("${", "$${", "%{", "%%{")

var newline = &hclwrite.Token{Type: hclsyntax.TokenNewline, Bytes: []byte("\n")}
