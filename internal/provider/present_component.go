package provider

import (
	"context"
	"errors"
	"fmt"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfclient"
)

// presentComponent reads a component that is known to be there: what is not found is hidden.
func presentComponent[C any](ctx context.Context, client *sfclient.Client, kind, name string) (C, error) {
	component, err := sfclient.ReadMetadata[C](ctx, client, kind, name)
	if errors.Is(err, sfclient.ErrNotFound) {
		err = fmt.Errorf("the %s %s is hidden from the signed-in user, or was deleted just now", kind, name)
	}
	return component, err
}
