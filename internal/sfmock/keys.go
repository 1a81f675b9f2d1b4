package sfmock

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"slices"
	"time"
)

// administratorProfile is the standard profile of those who may do everything.
const administratorProfile = "System Administrator"

const (
	keyBits          = 2048
	certificateYears = 10
)

// NewKey makes a private key (PKCS #8) and a self-signed certificate of it, both as PEM, for signing in with JWT assertions.
func NewKey() (privateKeyPEM, certificatePEM string, err error) {
	key, err := rsa.GenerateKey(rand.Reader, keyBits)
	if err != nil {
		return "", "", fmt.Errorf("generate a private key: %w", err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return "", "", fmt.Errorf("encode the private key: %w", err)
	}
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(now.UnixNano()),
		Subject:      pkix.Name{CommonName: "sfmock"},
		NotBefore:    now.Add(-time.Hour),
		NotAfter:     now.AddDate(certificateYears, 0, 0),
	}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return "", "", fmt.Errorf("sign the certificate: %w", err)
	}
	encode := func(kind string, der []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
	}
	return encode("PRIVATE KEY", private), encode("CERTIFICATE", certificate), nil
}

// AddJWTApp registers an external client app that administrators may sign in through with JWT assertions, and returns it with
// its private key. An app of the name that a snapshot brought along keeps its consumer key.
func (o *Org) AddJWTApp(name string) (app App, privateKeyPEM string, err error) {
	privateKeyPEM, certificate, err := NewKey()
	if err != nil {
		return App{}, "", err
	}
	app = App{
		Name: name, ConsumerKey: newConsumerKey(), ConsumerSecret: newSecret(), CertificatePEM: certificate,
		Scopes: []string{"api", "refresh_token", "offline_access"}, External: true, AdminApproved: true, Profiles: []string{administratorProfile},
	}
	if known := o.addedApp(name); known != nil {
		app.ConsumerKey, app.ConsumerSecret = known.ConsumerKey, known.ConsumerSecret
	}
	o.AddApp(app)
	return app, privateKeyPEM, nil
}

// addedApp is the app of a name that is no record, nil if there is none.
func (o *Org) addedApp(name string) *App {
	o.mu.Lock()
	defer o.mu.Unlock()
	i := slices.IndexFunc(o.apps, func(a *App) bool { return a.Name == name && a.entity == "" })
	if i < 0 {
		return nil
	}
	return o.apps[i]
}
