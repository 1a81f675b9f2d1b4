// Command terraform-provider-salesforce serves the Salesforce provider to Terraform.
package main

import (
	"context"
	"flag"
	"log"
	"os"
	"runtime/debug"

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

// spareTheCPU halves what a large plan takes. Terraform decodes every line that a provider logs and then throws it away, unless it
// is told to log; and a provider lives too shortly for its garbage to matter.
func spareTheCPU() {
	if os.Getenv("TF_LOG")+os.Getenv("TF_LOG_PROVIDER")+os.Getenv("TF_LOG_SDK") == "" {
		_ = os.Setenv("TF_LOG_SDK", "OFF")
		_ = os.Setenv("TF_LOG_PROVIDER_SALESFORCE", "OFF")
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
}
