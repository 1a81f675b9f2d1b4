package provider

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	dsschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

const root = "../.."

// secretNames are attribute names that must be marked as sensitive.
var secretNames = regexp.MustCompile(`(^|_)(secret|token|password|private_key)(_wo)?$`)

func TestProviderSchema(t *testing.T) {
	t.Parallel()
	p := New("test")()
	var resp provider.SchemaResponse
	p.Schema(t.Context(), provider.SchemaRequest{}, &resp)
	if diags := resp.Schema.ValidateImplementation(t.Context()); diags.HasError() {
		t.Error(diags)
	}
	for name, a := range resp.Schema.Attributes {
		described(t, name, a.GetMarkdownDescription())
		if secretNames.MatchString(name) && !a.IsSensitive() {
			t.Errorf("%s holds a secret but is not sensitive", name)
		}
	}
}

func TestResourceSchemas(t *testing.T) {
	t.Parallel()
	for _, constructor := range New("test")().(*salesforceProvider).Resources(t.Context()) {
		r := constructor()
		var meta resource.MetadataResponse
		r.Metadata(t.Context(), resource.MetadataRequest{ProviderTypeName: "salesforce"}, &meta)
		t.Run(meta.TypeName, func(t *testing.T) {
			t.Parallel()
			var resp resource.SchemaResponse
			r.Schema(t.Context(), resource.SchemaRequest{}, &resp)
			if diags := resp.Schema.ValidateImplementation(t.Context()); diags.HasError() {
				t.Error(diags)
			}
			permissionNamed(t, resp.Schema.MarkdownDescription)
			for name, a := range resp.Schema.Attributes {
				if name == "timeouts" {
					continue
				}
				described(t, name, a.GetMarkdownDescription())
				if _, isFlag := a.(schema.BoolAttribute); secretNames.MatchString(name) && !isFlag && !a.IsSensitive() {
					t.Errorf("%s holds a secret but is not sensitive", name)
				}
				if s, isText := a.(schema.StringAttribute); isText && s.CustomType == nil && s.Required && len(s.Validators) == 0 {
					t.Errorf("%s takes any text: bad values would fail at apply only", name)
				}
			}
			if _, ok := r.(resource.ResourceWithImportState); !ok {
				t.Error("it can't be imported")
			}
			if _, ok := r.(resource.ResourceWithIdentity); !ok {
				t.Error("it has no identity")
			}
			if _, ok := r.(resource.ResourceWithModifyPlan); !ok {
				t.Error("it checks nothing while planning")
			}
			exist(t, "examples/resources/"+meta.TypeName, "resource.tf", "import.sh", "import-by-string-id.tf", "import-by-identity.tf")
			exist(t, "docs/resources", strings.TrimPrefix(meta.TypeName, "salesforce_")+".md")
			exist(t, "internal/provider", strings.TrimPrefix(meta.TypeName, "salesforce_")+"_resource_test.go")
		})
	}
}

func TestDataSourceSchemas(t *testing.T) {
	t.Parallel()
	for _, constructor := range New("test")().(*salesforceProvider).DataSources(t.Context()) {
		d := constructor()
		var meta datasource.MetadataResponse
		d.Metadata(t.Context(), datasource.MetadataRequest{ProviderTypeName: "salesforce"}, &meta)
		t.Run(meta.TypeName, func(t *testing.T) {
			t.Parallel()
			var resp datasource.SchemaResponse
			d.Schema(t.Context(), datasource.SchemaRequest{}, &resp)
			if diags := resp.Schema.ValidateImplementation(t.Context()); diags.HasError() {
				t.Error(diags)
			}
			described(t, meta.TypeName, resp.Schema.MarkdownDescription)
			for name, a := range resp.Schema.Attributes {
				described(t, name, a.GetMarkdownDescription())
				if s, isText := a.(dsschema.StringAttribute); isText && secretNames.MatchString(name) && !s.Sensitive {
					t.Errorf("%s holds a secret but is not sensitive", name)
				}
			}
			exist(t, "examples/data-sources/"+meta.TypeName, "data-source.tf")
			exist(t, "docs/data-sources", strings.TrimPrefix(meta.TypeName, "salesforce_")+".md")
		})
	}
}

func TestListResourceSchemas(t *testing.T) {
	t.Parallel()
	for _, constructor := range New("test")().(*salesforceProvider).ListResources(t.Context()) {
		l := constructor()
		var meta resource.MetadataResponse
		l.Metadata(t.Context(), resource.MetadataRequest{ProviderTypeName: "salesforce"}, &meta)
		t.Run(meta.TypeName, func(t *testing.T) {
			t.Parallel()
			var resp list.ListResourceSchemaResponse
			l.ListResourceConfigSchema(t.Context(), list.ListResourceSchemaRequest{}, &resp)
			if diags := resp.Schema.ValidateImplementation(t.Context()); diags.HasError() {
				t.Error(diags)
			}
			permissionNamed(t, resp.Schema.MarkdownDescription)
			for name, a := range resp.Schema.Attributes {
				described(t, name, a.GetMarkdownDescription())
			}
			exist(t, "examples/list-resources/"+meta.TypeName, "list-resource.tfquery.hcl")
			exist(t, "docs/list-resources", strings.TrimPrefix(meta.TypeName, "salesforce_")+".md")
		})
	}
}

func TestActionSchemas(t *testing.T) {
	t.Parallel()
	for _, constructor := range New("test")().(*salesforceProvider).Actions(t.Context()) {
		a := constructor()
		var meta action.MetadataResponse
		a.Metadata(t.Context(), action.MetadataRequest{ProviderTypeName: "salesforce"}, &meta)
		t.Run(meta.TypeName, func(t *testing.T) {
			t.Parallel()
			var resp action.SchemaResponse
			a.Schema(t.Context(), action.SchemaRequest{}, &resp)
			if diags := resp.Schema.ValidateImplementation(t.Context()); diags.HasError() {
				t.Error(diags)
			}
			permissionNamed(t, resp.Schema.MarkdownDescription)
			for name, a := range resp.Schema.Attributes {
				described(t, name, a.GetMarkdownDescription())
			}
			if _, ok := a.(action.ActionWithModifyPlan); !ok {
				t.Error("it checks nothing while planning")
			}
			exist(t, "examples/actions/"+meta.TypeName, "action.tf")
			exist(t, "docs/actions", strings.TrimPrefix(meta.TypeName, "salesforce_")+".md")
		})
	}
}

func TestEphemeralResourceSchemas(t *testing.T) {
	t.Parallel()
	for _, constructor := range New("test")().(*salesforceProvider).EphemeralResources(t.Context()) {
		e := constructor()
		var meta ephemeral.MetadataResponse
		e.Metadata(t.Context(), ephemeral.MetadataRequest{ProviderTypeName: "salesforce"}, &meta)
		t.Run(meta.TypeName, func(t *testing.T) {
			t.Parallel()
			var resp ephemeral.SchemaResponse
			e.Schema(t.Context(), ephemeral.SchemaRequest{}, &resp)
			if diags := resp.Schema.ValidateImplementation(t.Context()); diags.HasError() {
				t.Error(diags)
			}
			described(t, meta.TypeName, resp.Schema.MarkdownDescription)
			for name, a := range resp.Schema.Attributes {
				described(t, name, a.GetMarkdownDescription())
				if secretNames.MatchString(name) && !a.IsSensitive() {
					t.Errorf("%s holds a secret but is not sensitive", name)
				}
			}
			exist(t, "examples/ephemeral-resources/"+meta.TypeName, "ephemeral-resource.tf")
			exist(t, "docs/ephemeral-resources", strings.TrimPrefix(meta.TypeName, "salesforce_")+".md")
		})
	}
}

func TestFunctionDefinitions(t *testing.T) {
	t.Parallel()
	for _, constructor := range New("test")().(*salesforceProvider).Functions(t.Context()) {
		f := constructor()
		var meta function.MetadataResponse
		f.Metadata(t.Context(), function.MetadataRequest{}, &meta)
		t.Run(meta.Name, func(t *testing.T) {
			t.Parallel()
			var resp function.DefinitionResponse
			f.Definition(t.Context(), function.DefinitionRequest{}, &resp)
			described(t, meta.Name, resp.Definition.MarkdownDescription)
			for _, p := range resp.Definition.Parameters {
				described(t, p.GetName(), p.GetMarkdownDescription())
			}
			exist(t, "examples/functions/"+meta.Name, "function.tf")
			exist(t, "docs/functions", meta.Name+".md")
		})
	}
}

// The attributes of a user in a data source are those of the resource, but for what only a configuration says.
func TestUserDataSourceHasTheResourcesAttributes(t *testing.T) {
	t.Parallel()
	var managed resource.SchemaResponse
	newUserResource().Schema(t.Context(), resource.SchemaRequest{}, &managed)
	var read datasource.SchemaResponse
	for _, constructor := range New("test")().(*salesforceProvider).DataSources(t.Context()) {
		var meta datasource.MetadataResponse
		if constructor().Metadata(t.Context(), datasource.MetadataRequest{}, &meta); meta.TypeName == "salesforce_user" {
			constructor().Schema(t.Context(), datasource.SchemaRequest{}, &read)
		}
	}
	for name := range managed.Schema.Attributes {
		if _, there := read.Schema.Attributes[name]; !there && name != "release_username" && !strings.HasPrefix(name, passwordAttribute) {
			t.Errorf("the data source lacks %s", name)
		}
	}
}

// Every row of the tables of columns stands for an attribute of its own name, and reads and writes the same one.
func TestUserColumns(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, c := range coreColumns {
		checkColumn(t, c, seen, reflect.TypeFor[userCore]())
	}
	for _, c := range personColumns {
		checkColumn(t, c, seen, reflect.TypeFor[userModel]())
	}
}

func checkColumn[M any](t *testing.T, c textColumn[M], seen map[string]bool, model reflect.Type) {
	t.Helper()
	field := slices.IndexFunc(reflect.VisibleFields(model), func(f reflect.StructField) bool { return f.Tag.Get("tfsdk") == c.attribute })
	if field < 0 {
		t.Errorf("%s is no attribute of the model", c.attribute)
	}
	if seen[c.attribute] || seen[c.column] {
		t.Errorf("%s stands there twice", c.attribute)
	}
	seen[c.attribute], seen[c.column] = true, true
	var m M
	if value := c.value(&m); value != reflect.ValueOf(&m).Elem().FieldByName(c.column).Addr().Interface() {
		t.Errorf("%s reads another attribute than %s", c.column, c.attribute)
	}
}

func described(t *testing.T, name, text string) {
	t.Helper()
	if !strings.HasSuffix(text, ".") {
		t.Errorf("%s: the description %q does not end with a period", name, text)
	}
}

func permissionNamed(t *testing.T, description string) {
	t.Helper()
	described(t, "the whole", description)
	if !strings.Contains(description, "-> The provider's user needs ") {
		t.Error("the description does not say which permission the provider's user needs")
	}
}

func exist(t *testing.T, folder string, files ...string) {
	t.Helper()
	for _, file := range files {
		if _, err := os.Stat(filepath.Join(root, folder, file)); err != nil {
			t.Error(err)
		}
	}
}
