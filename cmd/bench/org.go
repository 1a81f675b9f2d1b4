package main

import (
	"time"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// mockOrg is an org that Terraform can sign in to.
type mockOrg struct {
	*sfmock.Org
	server *sfmock.Server
	signIn []string // environment variables
}

func startOrg(latency time.Duration) (*mockOrg, error) {
	org := sfmock.New(sfmock.Options{Latency: latency})
	app, key, err := org.AddJWTApp("Terraform")
	if err != nil {
		return nil, err
	}
	server, err := org.Listen("127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	return &mockOrg{org, server, []string{
		"SALESFORCE_LOGIN_URL=" + server.URL, "SALESFORCE_CLIENT_ID=" + app.ConsumerKey,
		"SALESFORCE_USERNAME=" + org.AdministratorUsername(), "SALESFORCE_PRIVATE_KEY=" + key,
	}}, nil
}
