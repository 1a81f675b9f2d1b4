package sfmock

import (
	"encoding/json"
	"maps"
	"net/http"
	"strconv"
	"testing"
)

// typed is one record of a collection's body.
func typed(object string, fields map[string]any) map[string]any {
	whole := map[string]any{"attributes": map[string]any{"type": object}}
	maps.Copy(whole, fields)
	return whole
}

func (r *restWire) collection(method, path string, allOrNone bool, records ...any) any {
	r.Helper()
	return r.ask(method, path, toJSON(r.T, map[string]any{"allOrNone": allOrNone, "records": records}), http.StatusOK)
}

func itemFailure(code, message string, fields ...any) map[string]any {
	return map[string]any{"success": false, "errors": []any{map[string]any{
		"statusCode": code, "message": message, "fields": append([]any{}, fields...),
	}}}
}

func itemSuccess(id any) map[string]any {
	return map[string]any{"id": id, "success": true, "errors": []any{}}
}

const rolledBackInCollection = "Record rolled back because not all records were valid and the request was using AllOrNone header"

func TestCollectionsKeepOrderAndGoOn(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	made := r.collection("POST", "/composite/sobjects", false,
		typed("Account", map[string]any{"Name": "A"}), typed("Account", nil), typed("Contact", map[string]any{"LastName": "C"}))
	r.equal(made, []any{
		itemSuccess(at(made, 0, "id")), itemFailure("REQUIRED_FIELD_MISSING", "Required fields are missing: [Name]", "Name"), itemSuccess(at(made, 2, "id")),
	})
	a, c := at(made, 0, "id").(string), at(made, 2, "id").(string)
	changed := r.collection("PATCH", "/composite/sobjects", false,
		typed("Account", map[string]any{"id": a[:15], "Name": "A2"}),
		typed("Account", map[string]any{"Id": a, "Name": "A3"}),
		typed("Account", map[string]any{"Id": c}),
		typed("Contact", map[string]any{"LastName": "x"}),
		typed("Contact", map[string]any{"id": c, "Nam": "x"}))
	r.equal(changed, []any{
		itemSuccess(a),
		itemFailure("DUPLICATE_VALUE", "duplicate id specified: "+a),
		itemFailure("MALFORMED_ID", "Account ID: id value of incorrect type: "+c, "Id"),
		itemFailure("MISSING_ARGUMENT", unsureNoID),
		itemFailure("INVALID_FIELD", "No such column 'Nam' on sobject of type Contact"),
	})
	r.equal(r.one("SELECT Name FROM Account WHERE Id = '"+a+"'", "Name"), "A2")
	read := r.ask("GET", "/composite/sobjects/Account?ids="+a+","+c+","+a[:15]+"&fields=Name", "", http.StatusOK)
	shown := map[string]any{"attributes": map[string]any{"type": "Account", "url": data + "/sobjects/Account/" + a}, "Id": a, "Name": "A2"}
	r.equal(read, []any{shown, nil, shown})
	r.equal(r.ask("POST", "/composite/sobjects/Account", toJSON(t, map[string]any{"ids": []any{a}, "fields": []any{"Name"}}), http.StatusOK), []any{shown})
	deleted := r.ask("DELETE", "/composite/sobjects?ids="+c+",nonsense,"+c, "", http.StatusOK)
	r.equal(deleted, []any{itemSuccess(c), itemFailure("MALFORMED_ID", "malformed id nonsense"), itemFailure("ENTITY_IS_DELETED", "entity is deleted")})
}

func TestCollectionsAllOrNone(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	made := r.collection("POST", "/composite/sobjects", true, typed("Account", map[string]any{"Name": "A"}), typed("Account", nil), typed("Account", map[string]any{"Nam": "x"}))
	r.equal(made, []any{
		itemFailure("ALL_OR_NONE_OPERATION_ROLLED_BACK", rolledBackInCollection),
		itemFailure("REQUIRED_FIELD_MISSING", "Required fields are missing: [Name]", "Name"),
		itemFailure("INVALID_FIELD", "No such column 'Nam' on sobject of type Account"),
	})
	r.equal(r.count("SELECT COUNT() FROM Account WHERE Name = 'A'"), 0)
	a, b := r.make("Account", `{"Name":"A"}`), r.make("Account", `{"Name":"B"}`)
	deleted := r.ask("DELETE", "/composite/sobjects?allOrNone=true&ids="+a+","+b+",nonsense", "", http.StatusOK)
	r.equal(at(deleted, 0), itemFailure("ALL_OR_NONE_OPERATION_ROLLED_BACK", rolledBackInCollection))
	r.equal(r.count("SELECT COUNT() FROM Account WHERE Name IN ('A', 'B')"), 2)
	changed := r.collection("PATCH", "/composite/sobjects", true, typed("Account", map[string]any{"id": a, "Name": "A2"}), typed("Account", map[string]any{"id": b, "Name": nil}))
	r.equal(at(changed, 0), itemFailure("ALL_OR_NONE_OPERATION_ROLLED_BACK", rolledBackInCollection))
	r.equal(r.count("SELECT COUNT() FROM Account WHERE Name = 'A2'"), 0)
}

func TestCollectionsUpsert(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	account := r.make("Account", `{"Name":"A"}`)
	path := "/composite/sobjects/Invoice__c/ExternalNumber__c"
	first := r.collection("PATCH", path, false, typed("Invoice__c", map[string]any{"ExternalNumber__c": "1", "Account__c": account}))
	id := at(first, 0, "id")
	r.equal(at(first, 0, "created"), true)
	second := r.collection("PATCH", path, false,
		typed("Invoice__c", map[string]any{"ExternalNumber__c": "1", "Amount__c": 5}), typed("Invoice__c", map[string]any{"Account__c": account}), typed("Account", nil))
	r.equal(second, []any{
		map[string]any{"id": id, "success": true, "errors": []any{}, "created": false},
		itemFailure("MISSING_ARGUMENT", "ExternalNumber__c not specified", "ExternalNumber__c"),
		itemFailure("INVALID_TYPE", unsureOtherType),
	})
}

func TestCollectionLimits(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	refused := func(records []any, code string) {
		t.Helper()
		answer := r.ask("POST", "/composite/sobjects", toJSON(t, map[string]any{"records": records}), http.StatusBadRequest)
		r.equal(at(answer, 0, "errorCode"), code)
	}
	var many, mixed []any
	for i := range 201 {
		many = append(many, typed("Account", map[string]any{"Name": strconv.Itoa(i)}))
	}
	for i := range 11 {
		mixed = append(mixed, typed([]string{"Account", "Contact"}[i%2], nil))
	}
	refused(many, "EXCEEDED_ID_LIMIT")
	refused(mixed, unsureChunksCode)
	refused([]any{map[string]any{"Name": "A"}}, "INVALID_TYPE")
	refused([]any{typed("Nothing", nil)}, "INVALID_TYPE")
	r.equal(len(r.collection("POST", "/composite/sobjects", false, many[:200]...).([]any)), 200)
	r.equal(len(r.collection("POST", "/composite/sobjects", false, mixed[:10]...).([]any)), 10)
	used := r.org.Usage()
	r.collection("POST", "/composite/sobjects", false, many[:200]...)
	r.equal(r.org.Usage(), used+1)
}

func TestCollectionsDoNotMixSetupWithTheRest(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	mixed := func(second, first string) map[string]any {
		return itemFailure("MIXED_DML_OPERATION",
			"DML operation on setup object is not permitted after you have updated a non-setup object (or vice versa): "+second+", original object: "+first)
	}
	set := typed("PermissionSet", map[string]any{"Name": "Billing", "Label": "Billing"})
	account := typed("Account", map[string]any{"Name": "A"})
	r.equal(at(r.collection("POST", "/composite/sobjects", true, account, set), 1), mixed("PermissionSet", "Account"))
	r.equal(r.count("SELECT COUNT() FROM Account WHERE Name = 'A'"), 0)
	made := r.collection("POST", "/composite/sobjects", false, account, set)
	r.equal(at(made, 1, "success"), true)
	deleted := r.ask("DELETE", "/composite/sobjects?ids="+at(made, 1, "id").(string)+","+at(made, 0, "id").(string), "", http.StatusOK)
	r.equal(deleted, []any{itemSuccess(at(made, 1, "id")), mixed("Account", "PermissionSet")})
	admin := r.one("SELECT Id FROM User WHERE Username = 'admin@example.com'", "Id")
	harmless := r.collection("PATCH", "/composite/sobjects", true,
		typed("Account", map[string]any{"id": at(made, 0, "id"), "Name": "B"}), typed("User", map[string]any{"id": admin, "Title": "Robot"}))
	r.equal(at(harmless, 1), itemSuccess(admin))
	harmful := r.collection("PATCH", "/composite/sobjects", true,
		typed("Account", map[string]any{"id": at(made, 0, "id"), "Name": "C"}), typed("User", map[string]any{"id": admin, "IsActive": true}))
	r.equal(at(harmful, 1), mixed("User", "Account"))

	user := map[string]any{}
	if err := json.Unmarshal([]byte(r.newUser("Standard User", "robot@example.com")), &user); err != nil {
		t.Fatal(err)
	}
	r.equal(at(r.collection("POST", "/composite/sobjects", true, account, typed("User", user)), 1, "success"), true)
	user["Username"], user["UserRoleId"] = "robot2@example.com", r.one("SELECT Id FROM UserRole WHERE Name = 'CEO'", "Id")
	r.equal(at(r.collection("POST", "/composite/sobjects", true, account, typed("User", user)), 1), mixed("User", "Account"))
}

func TestCollectionOfAnObjectWithoutTheVerb(t *testing.T) {
	t.Parallel()
	r := restClient(t)
	answer := r.collection("POST", "/composite/sobjects", false, typed("UserLicense", nil))
	r.equal(at(answer, 0, "errors", 0, "statusCode"), unsureNoSuchOperationCode)
}
