package provider

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// refuses checks that a configuration is refused with a message before anything is written to the org.
func (o *testOrg) refuses(t *testing.T, config, message string) {
	t.Helper()
	o.play(t, nothing, resource.TestStep{Config: config, ExpectError: regexp.MustCompile(message)})
	for _, written := range []sfmock.Match{{Path: "/composite/"}, {Kind: "metadata write"}, {Kind: "deploy"}} {
		if writes := o.Requests(written); len(writes) > 0 {
			t.Errorf("%d writes were sent although the plan was refused, the first of them %s", len(writes), writes[0].Body)
		}
	}
}

// assignments are the ids of the rows that join a user to something by a column.
func (o *testOrg) assignments(object, userID, column, id string) (rows []string) {
	for _, row := range o.Records(object) {
		if row["AssigneeId"] == userID && row[column] == id {
			rows = append(rows, row["Id"].(string))
		}
	}
	return rows
}

// joined checks how many rows join a user to something.
func (o *testOrg) joined(object, userID, column, id string, wanted int) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if rows := o.assignments(object, userID, column, id); len(rows) != wanted {
			return fmt.Errorf("%d rows of %s join %s to %s, not %d", len(rows), object, userID, id, wanted)
		}
		return nil
	}
}

// remove deletes a record in the org behind Terraform's back.
func (o *testOrg) remove(t *testing.T, id string) {
	t.Helper()
	if err := o.Delete(id); err != nil {
		t.Fatal(err)
	}
}

// set is a permission set's record, without permissions.
func set(name string, licenceID any) map[string]any {
	return map[string]any{"Name": name, "Label": name, "LicenseId": licenceID}
}
