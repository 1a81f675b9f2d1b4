package sfmock

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// livedIn is an org with something of everything that a snapshot keeps.
func livedIn(t *testing.T) *soapWire {
	t.Helper()
	s := deployClient(t)
	if result := s.deployed(usual, setupFiles()); result.value("status") != "Succeeded" {
		t.Fatalf("deployed: %s\n%s", result.value("status"), strings.Join(rows(result), "\n"))
	}
	o := s.org
	o.AddApp(connectedApp())
	if status, answer := s.form(s.url+tokenPath, jwtForm(t, s.wire, map[string]any{"jti": "once", "sub": o.AdministratorUsername()})); status != http.StatusOK {
		t.Fatalf("sign in: %v", answer)
	}
	gone, err := o.Insert("Account", map[string]any{"Name": "Gone"})
	account := map[string]any{"Name": "Kept", "NumberOfEmployees": json.Number("7"), "AnnualRevenue": json.Number("1.5")}
	for _, do := range []func() error{
		func() error { return err },
		func() error { return o.Delete(gone) },
		func() error { return o.AddCustomObject("Shipment__c", "Carrier__c") },
		func() error { return o.OpenPages(o.AdministratorUsername()) },
		func() error {
			_, err := o.AddOAuthToken(connectedApp().Name, o.AdministratorUsername())
			return err
		},
		func() error {
			_, err := o.Insert("Shipment__c", map[string]any{"Name": "S1", "Carrier__c": "Slow"})
			return err
		},
		func() error { _, err := o.Insert("Account", account); return err },
		func() error {
			return o.SetComponent("CustomField", "Account.Crew__c", map[string]any{"label": "Crew", "type": "Text", "length": 10})
		},
		func() error {
			return o.SetComponent("CustomField", "Account.BillingCode__c", map[string]any{"label": "Code", "type": "Text", "length": 5})
		},
		func() error {
			return o.SetComponent("CustomField", "Invoice__c.Agent__c", map[string]any{"label": "Agent", "type": "Text", "length": 5})
		},
		func() error { return o.RemoveComponent("CustomField", "Account.BillingCode__c") },
		func() error { return o.ExpirePassword("sam.seller@example.com.sandbox") },
		func() error { return o.SetSeats("Salesforce Integration", 1) },
	} {
		if err := do(); err != nil {
			t.Fatal(err)
		}
	}
	o.HideComponent("PermissionSet", "Api_Client", true)
	o.TakeUsername("taken@example.com")
	o.SetDeployPolls(3)
	o.SetDeployLock(false)
	o.SetRecalculation(time.Hour)
	o.FailRecalculations(true)
	o.LockMFA(true)
	o.SetAPIAccessControl(true)
	o.SetAppPropagation(time.Minute)
	o.KeepPKCE(true)
	o.AllowConnectedAppCreation(true)
	o.SetNewestVersion(67)
	o.SetDailyLimit(12, 5000)
	o.Advance(3 * time.Minute)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.outdate(o.find("PermissionSetGroup", "DeveloperName", "Team").id)
	return s
}

// withRequests sets the number of requests, which taking a snapshot raises.
func withRequests(t *testing.T, raw []byte, n int) []byte {
	t.Helper()
	var s snapshot
	if err := decodeStrictly(bytes.NewReader(raw), &s); err != nil {
		t.Fatal(err)
	}
	s.Requests = n
	changed, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return changed
}

func compareRecords(t *testing.T, a, b *Org) {
	t.Helper()
	plain := func(rec *record) any {
		values := maps.Clone(rec.values)
		maps.DeleteFunc(values, func(column string, v any) bool { return v == nil || rec.object.field(column) == nil })
		return []any{rec.object.Name, rec.id, rec.deleted, values, rec.sections}
	}
	if len(a.byID) != len(b.byID) {
		t.Errorf("%d records, want %d", len(b.byID), len(a.byID))
	}
	for id, rec := range a.byID {
		restored := b.byID[id]
		if restored == nil {
			t.Errorf("no record %s %s", rec.object.Name, id)
			continue
		}
		if !reflect.DeepEqual(plain(rec), plain(restored)) {
			t.Errorf("%#v\nwant %#v", plain(restored), plain(rec))
		}
		if (b.tables[strings.ToLower(rec.object.Name)][id] == restored) == rec.deleted {
			t.Errorf("%s is live: %v", id, rec.deleted)
		}
	}
	for table, byColumns := range a.indexes {
		for columns, places := range byColumns {
			for key, recs := range places {
				if got := b.indexes[table][columns][key]; !slices.Equal(sortedIDs(got), sortedIDs(recs)) {
					t.Errorf("index %s %s %q: %v, want %v", table, columns, key, sortedIDs(got), sortedIDs(recs))
				}
			}
		}
	}
}

func sortedIDs(recs []*record) []string {
	var ids []string
	for _, rec := range recs {
		ids = append(ids, rec.id)
	}
	slices.Sort(ids)
	return ids
}

func compareComponents(t *testing.T, a, b *Org) {
	t.Helper()
	for typeName, byName := range a.components {
		for key, s := range byName {
			restored := b.components[typeName][key]
			if restored == nil {
				t.Errorf("no %s %s", typeName, key)
				continue
			}
			if restored.fullName != s.fullName || restored.stamp != s.stamp || a.defaultPolicies[s] != b.defaultPolicies[restored] || !reflect.DeepEqual(bare(s.content), bare(restored.content)) {
				t.Errorf("%s %s: %+v, want %+v", typeName, key, restored, s)
			}
		}
	}
}

// bare is an element without what is only kept while reading.
func bare(e element) element {
	e.space, e.line, e.column = "", 0, 0
	children := e.children
	e.children = nil
	for _, c := range children {
		e.children = append(e.children, bare(c))
	}
	return e
}

func compareSchemas(t *testing.T, a, b *Org) {
	t.Helper()
	for name, ob := range a.objects {
		names := func(ob *object) (list []string) {
			for _, f := range ob.Fields {
				list = append(list, f.Name+" "+f.Type)
			}
			return list
		}
		restored := b.objects[name]
		if restored == nil || restored.Prefix != ob.Prefix || !slices.Equal(names(restored), names(ob)) {
			t.Errorf("object %s: %+v, want %+v", name, restored, ob)
		}
	}
	if b.object("Invoice__c").field("OpenAmount__c").Compute == nil {
		t.Error("a formula is not computed any more")
	}
}
