package sfmock

import (
	"fmt"
	"strings"
	"unicode"
)

func userRoleRules() rules {
	return rules{BeforeSave: inOrder(roleHasDeveloperName, developerNameIsWellFormed, rolesDoNotCircle), BeforeDelete: roleIsUnused}
}

func roleHasDeveloperName(c *change) *apiError {
	if c.rec.str("DeveloperName") == "" {
		c.rec.values["DeveloperName"] = developerName(c.rec.str("Name"))
	}
	return nil
}

// developerName is the API name that Salesforce derives from a label: letters, digits and single underscores, a letter first.
func developerName(label string) string {
	words := strings.FieldsFunc(label, func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	name := strings.Join(words, "_")
	if name == "" || !unicode.IsLetter(rune(name[0])) {
		name = "X" + name
	}
	return strings.TrimRight(name[:min(len(name), 80)], "_")
}

func rolesDoNotCircle(c *change) *apiError {
	if c.changed("ParentRoleId") && c.org.circles(c.rec, "ParentRoleId") {
		return refuse("FIELD_INTEGRITY_EXCEPTION", unsureRoleCycle, "ParentRoleId")
	}
	return nil
}

// roleIsUnused asks for a role without users, inactive ones included, and without roles below it.
func roleIsUnused(c *change) *apiError {
	for table, column := range map[string]string{"User": "UserRoleId", "UserRole": "ParentRoleId"} {
		if user := c.org.find(table, column, c.rec.id); user != nil {
			return refuse(unsureInUseCode, fmt.Sprintf(unsureInUse, c.rec.object.Label, user.id))
		}
	}
	return nil
}
