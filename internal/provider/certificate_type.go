package provider

import (
	"context"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// certificate is for X.509 certificates: configurations write PEM, Salesforce also shows the base64 alone, and neither cares for
// space and line breaks.
var certificate = sameness{"certificate", sameCertificate}

var certificateType = textType{sameness: &certificate}

func sameCertificate(a, b string) bool {
	if strings.TrimSpace(a) == strings.TrimSpace(b) {
		return true
	}
	one, err1 := parseCertificate(a)
	other, err2 := parseCertificate(b)
	return err1 == nil && err2 == nil && one.Equal(other)
}

// parseCertificate reads PEM, or the base64 within it.
func parseCertificate(text string) (*x509.Certificate, error) {
	content, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
	if block, _ := pem.Decode([]byte(strings.TrimSpace(text))); block != nil {
		if block.Type != "CERTIFICATE" {
			return nil, fmt.Errorf("the PEM text holds a %s where a CERTIFICATE is expected", block.Type)
		}
		content, err = block.Bytes, nil
	}
	if err != nil {
		return nil, errors.New("this is no PEM text (-----BEGIN CERTIFICATE-----)")
	}
	parsed, err := x509.ParseCertificate(content)
	if err != nil {
		return nil, fmt.Errorf("the certificate can't be read: %w", err)
	}
	return parsed, nil
}

// isCertificate accepts certificates that can be read. The empty text, which removes one, passes.
type isCertificate struct{}

// Description implements validator.String.
func (isCertificate) Description(context.Context) string { return "an X.509 certificate in PEM form" }

// MarkdownDescription implements validator.String.
func (v isCertificate) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString implements validator.String.
func (isCertificate) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !isSet(req.ConfigValue) || req.ConfigValue.ValueString() == "" {
		return
	}
	if _, err := parseCertificate(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Not a certificate", upperFirst(err.Error())+". Write the certificate, never its private key; file(\"billing.crt\") reads it from a file.")
	}
}

// certificateForm is an element that holds a certificate.
type certificateForm struct {
	named bool // it may be the name of a certificate that the org keeps instead
}

func (c certificateForm) schema(text string) schema.Attribute {
	a := schema.StringAttribute{MarkdownDescription: text, CustomType: certificateType, Optional: true, Computed: true}
	if !c.named {
		a.Validators = []validator.String{isCertificate{}}
	}
	return a
}

func (certificateForm) none() attr.Value { return text{types.StringNull(), &certificate} }

func (c certificateForm) read(component *sfclient.Component, at []string, _ attr.Value) attr.Value {
	found := component.Text(at...)
	if found == "" {
		return c.none()
	}
	return text{types.StringValue(found), &certificate}
}

func (certificateForm) write(component *sfclient.Component, at []string, value attr.Value) {
	component.Set(strings.TrimSpace(certificateIn(value)), at...)
}

func (certificateForm) same(a, b attr.Value) bool {
	if a.IsUnknown() || b.IsUnknown() {
		return a.Equal(b)
	}
	return sameCertificate(certificateIn(a), certificateIn(b))
}

// certificateIn is the text of a certificate, "" for any other value.
func certificateIn(value attr.Value) string {
	held, _ := value.(text)
	return held.ValueString()
}
