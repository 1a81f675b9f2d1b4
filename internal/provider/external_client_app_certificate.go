package provider

import (
	"crypto/rsa"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// expiresSoon is how long before its end a certificate is warned of.
const expiresSoon = 30 * 24 * time.Hour

// checkCertificate refuses a new certificate that Salesforce takes but never accepts an assertion for, and warns of one that is, or
// will soon be, over.
func (c *appChange) checkCertificate(now time.Time, diags *diag.Diagnostics) {
	certificate, err := parseCertificate(certificateIn(c.plan[certificateKey]))
	if err != nil {
		return // there is none, it is not known yet, or its validator has said what is wrong
	}
	at, end, isNew := pathOf(certificateKey), certificate.NotAfter.Format(time.DateOnly), c.changed(certificateKey)
	switch _, isRSA := certificate.PublicKey.(*rsa.PublicKey); {
	case !isRSA && isNew:
		diags.AddAttributeError(at, "Certificate of another kind", fmt.Sprintf("Its key is %s, but Salesforce checks assertions with RSA (RS256) only. Make a key with RSA, of 2048 bits or more.", certificate.PublicKeyAlgorithm))
	case now.After(certificate.NotAfter) && isNew:
		diags.AddAttributeError(at, "Certificate has expired", fmt.Sprintf("It was valid until %s. Make a new one, for the same key or for another that the integration gets as well.", end))
	case now.After(certificate.NotAfter):
		diags.AddAttributeWarning(at, "Certificate has expired", fmt.Sprintf("It was valid until %s. Give the app a new one.", end))
	case certificate.NotAfter.Sub(now) < expiresSoon:
		diags.AddAttributeWarning(at, "Certificate expires soon", fmt.Sprintf("It is valid until %s. Give the app a new one in time; with one for the same key the integration goes on as before.", end))
	}
}
