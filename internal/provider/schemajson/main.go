// Command schemajson prints the provider's schema in the format of "terraform providers schema -json". Descriptions end with the API
// calls of the type, which only pages tell.
//
// The documentation is rendered from it. It asks the provider in process, so the pages do not depend on the Terraform
// at hand: versions before 1.12 leave resource identities out, and those before 1.14 leave out list resources.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/provider"
)

// providerName is the short name: the documentation generator knows no other key but "hashicorp/" and this.
const providerName = "salesforce"

func main() {
	server := providerserver.NewProtocol6(provider.New("dev")())()
	if err := write(context.Background(), os.Stdout, server, provider.APICalls); err != nil {
		fmt.Fprintln(os.Stderr, "schemajson:", err)
		os.Exit(1)
	}
}

func write(ctx context.Context, w io.Writer, server tfprotov6.ProviderServer, calls callsText) error {
	doc, err := describe(ctx, server, calls)
	if err != nil {
		return err
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(doc)
}

func describe(ctx context.Context, server tfprotov6.ProviderServer, calls callsText) (*document, error) {
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, fmt.Errorf("provider schema: %w", err)
	}
	if err := firstError(schemas.Diagnostics); err != nil {
		return nil, fmt.Errorf("provider schema: %w", err)
	}
	identities, err := server.GetResourceIdentitySchemas(ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		return nil, fmt.Errorf("resource identity schemas: %w", err)
	}
	if err := firstError(identities.Diagnostics); err != nil {
		return nil, fmt.Errorf("resource identity schemas: %w", err)
	}
	return newDocument(schemas, identities.IdentitySchemas, calls), nil
}

func firstError(diagnostics []*tfprotov6.Diagnostic) error {
	for _, d := range diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			return fmt.Errorf("%s: %s", d.Summary, d.Detail)
		}
	}
	return nil
}
