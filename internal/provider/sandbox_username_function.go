package provider

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/function"
)

// mostUsername is how many characters User.Username holds.
const mostUsername = 80

// sandboxName is the shape of a sandbox's name (Salesforce DX Developer Guide, sandbox definition file).
var sandboxName = regexp.MustCompile(`^[A-Za-z0-9]{1,10}$`)

func newSandboxUsernameFunction() function.Function { return &sandboxUsernameFunction{} }

// sandboxUsernameFunction is provider::salesforce::sandbox_username.
type sandboxUsernameFunction struct{}

func (f *sandboxUsernameFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "sandbox_username"
}

func (f *sandboxUsernameFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "The username of a production user in a sandbox",
		MarkdownDescription: "Gives the username that a user of production has in a sandbox: creating or refreshing a sandbox appends its name, in lower case. " +
			"With an empty sandbox name the username comes back as it is, so that one configuration serves production and its sandboxes.\n\n" +
			"Like Salesforce, it appends the name whatever the username ends with: give it the username in production, or for a sandbox that is cloned the one in the sandbox it is cloned from. " +
			"Where that username is taken in another org, Salesforce puts characters that nobody can foretell in front of it.",
		Parameters: []function.Parameter{
			function.StringParameter{Name: "username", MarkdownDescription: "Username in production."},
			function.StringParameter{Name: "sandbox", MarkdownDescription: "Name of the sandbox, at most ten letters and digits. Empty for production."},
		},
		Return: function.StringReturn{},
	}
}

func (f *sandboxUsernameFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var username, sandbox string
	if resp.Error = req.Arguments.Get(ctx, &username, &sandbox); resp.Error != nil {
		return
	}
	var derived string
	if derived, resp.Error = sandboxUsername(username, sandbox); resp.Error == nil {
		resp.Error = resp.Result.Set(ctx, derived)
	}
}

// sandboxUsername is what the copying of a sandbox makes of a username (Salesforce Help, "Users and Contacts" under sandboxes).
func sandboxUsername(username, sandbox string) (string, *function.FuncError) {
	derived := strings.ToLower(username + "." + sandbox)
	switch {
	case !mailShape.MatchString(username):
		return "", function.NewArgumentFuncError(0, fmt.Sprintf("%q is no username: that has the form of an e-mail address, such as billing-sync@example.com.", username))
	case sandbox == "":
		return username, nil
	case !sandboxName.MatchString(sandbox):
		return "", function.NewArgumentFuncError(1, fmt.Sprintf("%q is no name of a sandbox: that has one to ten letters and digits.", sandbox))
	case len(derived) > mostUsername:
		return "", function.NewArgumentFuncError(0, fmt.Sprintf("%s has %d characters, and a username at most %d. Salesforce documents no rule for that: look the username up in the sandbox, or choose a shorter one in production.", derived, len(derived), mostUsername))
	}
	return derived, nil
}
