package main

import (
	"os"
	"runtime/debug"
	"slices"
)

// spareTheCPU halves what a large plan takes. Terraform decodes every line that a provider logs and then throws it away, unless
// somebody asked for logs; and a provider lives too shortly for its garbage to matter.
func spareTheCPU() {
	variables := []string{"TF_LOG", "TF_LOG_PROVIDER", "TF_LOG_SDK", "TF_LOG_PROVIDER_SALESFORCE"}
	if !slices.ContainsFunc(variables, func(name string) bool { return os.Getenv(name) != "" }) {
		_ = os.Setenv("TF_LOG_SDK", "OFF")
		_ = os.Setenv("TF_LOG_PROVIDER_SALESFORCE", "OFF")
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
}
