package sfclient

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

type customPermission struct {
	FullName    string `xml:"fullName"`
	Description string `xml:"description,omitempty"`
	IsLicensed  bool   `xml:"isLicensed"`
	Label       string `xml:"label"`
}

type remoteSite struct {
	FullName                string `xml:"fullName"`
	DisableProtocolSecurity bool   `xml:"disableProtocolSecurity"`
	IsActive                bool   `xml:"isActive"`
	URL                     string `xml:"url"`
}

func permission(name string) customPermission { return customPermission{FullName: name, Label: name} }

func site(name string) remoteSite {
	return remoteSite{FullName: name, IsActive: true, URL: "https://example.com/?a=1&b=" + name}
}

func TestMetadata(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		ctx := t.Context()
		read := func(name string) (customPermission, error) {
			return ReadMetadata[customPermission](ctx, c, "CustomPermission", name)
		}
		p := permission("Robots")
		if _, err := read("Robots"); !errors.Is(err, ErrNotFound) || !strings.Contains(err.Error(), "Robots") {
			t.Errorf("read what is not there: %v", err)
		}
		if err := UpdateMetadata(ctx, c, "CustomPermission", "Robots", p); !errors.Is(err, ErrNotFound) {
			t.Errorf("update what is not there: %v", err)
		}
		if err := c.DeleteMetadata(ctx, "CustomPermission", "Robots"); err != nil {
			t.Errorf("delete what is not there: %v", err)
		}
		never := func(customPermission) bool { t.Error("nothing was uncertain"); return false }
		if err := CreateMetadata(ctx, c, "CustomPermission", "Robots", p, never); err != nil {
			t.Fatal(err)
		}
		if err := CreateMetadata(ctx, c, "CustomPermission", "Robots", p, never); !errors.Is(err, ErrDuplicate) || uncertain(err) {
			t.Errorf("create again: %v", err)
		}
		p.Description = "first"
		if err := UpdateMetadata(ctx, c, "CustomPermission", "Robots", p); err != nil {
			t.Error(err)
		}
		if got, err := read("robots"); err != nil || got != p {
			t.Errorf("%+v, %v", got, err)
		}
		for _, description := range []string{"second", ""} {
			p.Description = description
			if err := UpsertMetadata(ctx, c, "CustomPermission", "Robots", p); err != nil {
				t.Error(err)
			}
			if got, err := read("Robots"); err != nil || got != p {
				t.Errorf("%+v, %v", got, err)
			}
		}
		if err := UpsertMetadata(ctx, c, "CustomPermission", "Others", permission("Others")); err != nil {
			t.Error(err)
		}
		listing, err := c.ListMetadata(ctx, "CustomPermission")
		var names []string
		for _, l := range listing {
			names = append(names, l.FullName)
			if l.Type != "CustomPermission" || l.ID == "" || l.LastModifiedBy != "Ada Admin" || l.Namespace != "" {
				t.Errorf("%+v", l)
			}
		}
		slices.Sort(names)
		if err != nil || !slices.Equal(names, []string{"Bypass_Validation", "Others", "Robots"}) {
			t.Errorf("%v, %v", names, err)
		}
		if err := c.DeleteMetadata(ctx, "CustomPermission", "Robots"); err != nil {
			t.Error(err)
		}
		if _, err := read("Robots"); !errors.Is(err, ErrNotFound) {
			t.Error(err)
		}
		if listing, err := c.ListMetadata(ctx, "RemoteSiteSetting"); err != nil || len(listing) != 0 {
			t.Errorf("%v, %v", listing, err)
		}
		_, err = c.ListMetadata(ctx, "Nonsense")
		if refused, ok := errors.AsType[*Error](err); !ok || refused.Code != "INVALID_TYPE" || refused.Message != "This type of metadata is not available for this organization" || refused.Op != "list Nonsense" {
			t.Errorf("%+v", err)
		}
		for _, r := range o.Requests(sfmock.Match{Path: "/services/Soap/m/68.0"}) {
			if r.Header.Get("Authorization") != "" || r.Header.Get("SOAPAction") != `""` || r.Header.Get("Content-Type") != "text/xml; charset=UTF-8" || r.Header.Get("User-Agent") != "test/1" {
				t.Errorf("%v", r.Header)
			}
		}
	})
}

func TestReadsOfComponentsTravelTogether(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		for i := range 24 {
			if err := o.SetComponent("CustomPermission", fmt.Sprintf("P%d", i), map[string]any{"label": fmt.Sprintf("Label %d", i), "isLicensed": false}); err != nil {
				t.Fatal(err)
			}
		}
		for i, err := range together(25, func(i int) error {
			p, err := ReadMetadata[customPermission](t.Context(), c, "CustomPermission", fmt.Sprintf("P%d", i))
			if err == nil && p.Label != fmt.Sprintf("Label %d", i) {
				err = fmt.Errorf("P%d was read as %+v", i, p)
			}
			return err
		}) {
			if i < 24 && err != nil || i == 24 && !errors.Is(err, ErrNotFound) {
				t.Errorf("%d: %v", i, err)
			}
		}
		calls(t, o, "metadata read", 3)
		o.ResetRequests()
		allSucceed(t, together(10, func(i int) error {
			p, err := ReadMetadata[customPermission](t.Context(), c, "CustomPermission", []string{"P1", "P0"}[i%2])
			if err == nil && p.FullName != []string{"P1", "P0"}[i%2] {
				err = fmt.Errorf("%+v", p)
			}
			return err
		}))
		calls(t, o, "metadata read", 1)
		if body := string(o.Requests(sfmock.Match{})[0].Body); strings.Count(body, "<fullNames>") != 2 {
			t.Errorf("names are asked for twice: %s", body)
		}
	})
}

// TestMetadataWritesDoNotOverlap because Salesforce locks the setup for each; those of one kind travel together.
func TestMetadataWritesDoNotOverlap(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{Latency: time.Second}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		allSucceed(t, together(40, func(i int) error {
			ctx, name := t.Context(), fmt.Sprintf("C%d", i)
			switch i % 4 {
			case 0:
				return UpsertMetadata(ctx, c, "CustomPermission", name, permission(name))
			case 1:
				return CreateMetadata(ctx, c, "CustomPermission", name, permission(name), nil)
			case 2:
				return CreateMetadata(ctx, c, "RemoteSiteSetting", name, site(name), nil)
			default:
				return UpsertMetadata(ctx, c, "PermissionSet", name, permissionSet{FullName: name, Label: name})
			}
		}))
		if most := o.MaxParallelMetadataWrites(); most != 1 {
			t.Errorf("%d writes were under way at a time", most)
		}
		calls(t, o, "metadata write", 4)
		allSucceed(t, together(40, func(i int) error {
			return c.DeleteMetadata(t.Context(), []string{"CustomPermission", "CustomPermission", "RemoteSiteSetting", "PermissionSet"}[i%4], fmt.Sprintf("C%d", i))
		}))
		calls(t, o, "metadata write", 8)
		if most := o.MaxParallelMetadataWrites(); most != 1 || o.Find("CustomPermission", "DeveloperName", "C1") != nil {
			t.Errorf("%d writes were under way at a time", most)
		}
	})
}

// TestOneRefusalHurtsNobodyElse of the components in a call.
func TestOneRefusalHurtsNobodyElse(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		for i, err := range together(maxComponents, func(i int) error {
			name := fmt.Sprintf("P%d", i)
			if i == 3 {
				name = "not a name"
			}
			return UpsertMetadata(t.Context(), c, "PermissionSet", name, permissionSet{FullName: name, Label: "Label"})
		}) {
			if (err != nil) != (i == 3) {
				t.Errorf("%d: %v", i, err)
			}
		}
		calls(t, o, "metadata write", 1)
	})
}

// TestOneFaultHurtsNobodyElse although Salesforce refuses the whole call: nobody's content is judged by that of others.
func TestOneFaultHurtsNobodyElse(t *testing.T) {
	t.Parallel()
	for name, bad := range map[string]remoteSite{
		"not a value":        {FullName: "Site3", URL: "<bad>"},
		"no required values": {FullName: "Site3"},
	} {
		for verb, write := range map[string]func(context.Context, *Client, remoteSite) error{
			"create": func(ctx context.Context, c *Client, s remoteSite) error {
				return CreateMetadata(ctx, c, "RemoteSiteSetting", s.FullName, s, nil)
			},
			"upsert": func(ctx context.Context, c *Client, s remoteSite) error {
				return UpsertMetadata(ctx, c, "RemoteSiteSetting", s.FullName, s)
			},
		} {
			t.Run(verb+", "+name, func(t *testing.T) {
				t.Parallel()
				bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
					t.Helper()
					if bad.URL != "" {
						o.Fail(sfmock.Match{Contains: "&lt;bad&gt;"}, -1, sfmock.Fault{Code: "INVALID_FIELD_VALUE", Message: "not a URL"})
					}
					for i, err := range together(maxComponents, func(i int) error {
						s := site(fmt.Sprintf("Site%d", i))
						if i == 3 {
							s = bad
						}
						return write(t.Context(), c, s)
					}) {
						if _, there := o.Component("RemoteSiteSetting", fmt.Sprintf("Site%d", i)); (err != nil) != (i == 3) || there == (i == 3) {
							t.Errorf("%d: there: %t, %v", i, there, err)
						}
					}
					if most := o.MaxParallelMetadataWrites(); most != 1 {
						t.Errorf("%d writes were under way at a time", most)
					}
				})
			})
		}
	}
}

func TestUncertainComponents(t *testing.T) {
	t.Parallel()
	done, undone := sfmock.Fault{ResetAfterCommit: true}, sfmock.Fault{Reset: true}
	for name, test := range map[string]struct {
		faults []sfmock.Fault
		sent   int
	}{
		"done":                 {[]sfmock.Fault{done}, 1},
		"half an answer":       {[]sfmock.Fault{{TruncateBody: true}}, 1},
		"not done":             {[]sfmock.Fault{undone}, 2},
		"a page":               {[]sfmock.Fault{{Status: 503, Body: "<html><br></html>"}}, 2},
		"a page for a success": {[]sfmock.Fault{{Status: 200, Body: "<html></html>"}}, 2},
		"nothing for one":      {[]sfmock.Fault{{Status: 200, Body: " "}}, 2},
		"an error":             {[]sfmock.Fault{{Status: 500, Code: "UNKNOWN_EXCEPTION", Message: "An unexpected error occurred."}}, 2},
		"not done, then done":  {[]sfmock.Fault{undone, done}, 2},
		"done at the last try": {[]sfmock.Fault{undone, undone, done}, 3},
		"setup was locked":     {[]sfmock.Fault{{Code: "ALREADY_IN_PROCESS", Message: "temporarily locked"}, {Code: "ALREADY_IN_PROCESS"}, {Code: "UNABLE_TO_LOCK_ROW"}}, 4},
		"locked, then done":    {[]sfmock.Fault{{Code: "ALREADY_IN_PROCESS"}, done}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
				t.Helper()
				for _, fault := range test.faults {
					o.Fail(sfmock.Match{Kind: "metadata write"}, 1, fault)
				}
				err := CreateMetadata(t.Context(), c, "PermissionSet", "Robots", permissionSet{FullName: "Robots", Label: "Robots"}, func(found permissionSet) bool {
					return found == permissionSet{FullName: "Robots", Label: "Robots"}
				})
				if err != nil || o.Find("PermissionSet", "Name", "Robots") == nil {
					t.Error(err)
				}
				calls(t, o, "metadata write", test.sent)
			})
		})
	}
	t.Run("somebody else's", func(t *testing.T) {
		t.Parallel()
		bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
			t.Helper()
			insert(t, o, "PermissionSet", map[string]any{"Name": "Robots", "Label": "Theirs"})
			o.Fail(sfmock.Match{Kind: "metadata write"}, 1, undone)
			err := CreateMetadata(t.Context(), c, "PermissionSet", "Robots", permissionSet{FullName: "Robots", Label: "Robots"}, func(found permissionSet) bool { return found.Label == "Robots" })
			if !errors.Is(err, ErrDuplicate) || o.Find("PermissionSet", "Name", "Robots")["Label"] != "Theirs" {
				t.Error(err)
			}
			calls(t, o, "metadata write", 1)
		})
	})
	t.Run("for ever", func(t *testing.T) {
		t.Parallel()
		bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
			t.Helper()
			o.Fail(sfmock.Match{Kind: "metadata write"}, -1, undone)
			if err := CreateMetadata(t.Context(), c, "PermissionSet", "Robots", permissionSet{FullName: "Robots", Label: "Robots"}, nil); !uncertain(err) {
				t.Error(err)
			}
			calls(t, o, "metadata write", 3)
		})
	})
}

// TestOtherMetadataWritesAreIdempotent and sent again after anything.
func TestOtherMetadataWritesAreIdempotent(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]sfmock.Fault{"done": {ResetAfterCommit: true}, "not done": {Reset: true}, "busy": {Status: 503, Body: "<html>"}, "locked": {Code: "ALREADY_IN_PROCESS"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
				t.Helper()
				for _, write := range []func() error{
					func() error { return UpsertMetadata(t.Context(), c, "CustomPermission", "P", permission("P")) },
					func() error { return UpdateMetadata(t.Context(), c, "CustomPermission", "P", permission("P")) },
					func() error { return c.DeleteMetadata(t.Context(), "CustomPermission", "P") },
				} {
					o.ResetRequests()
					o.Fail(sfmock.Match{Kind: "metadata write"}, 1, fault)
					if err := write(); err != nil {
						t.Error(err)
					}
					calls(t, o, "metadata write", 2)
				}
			})
		})
	}
}

func TestALockOfTheSetupOutlivesTheDeadline(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		o.Fail(sfmock.Match{Kind: "metadata write"}, -1, sfmock.Fault{Code: "ALREADY_IN_PROCESS", Message: "locked by another change"})
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
		defer cancel()
		err := CreateMetadata(ctx, c, "PermissionSet", "Robots", permissionSet{FullName: "Robots", Label: "Robots"}, nil)
		if !errors.Is(err, ErrLocked) || !errors.Is(err, context.DeadlineExceeded) || uncertain(err) {
			t.Error(err)
		}
		if tries := o.Calls()["metadata write"]; tries < 10 || tries > 60 {
			t.Errorf("%d tries in ten minutes", tries)
		}
	})
}

// TestTextsSurviveTheWire whatever they contain; Salesforce trims them.
func TestTextsSurviveTheWire(t *testing.T) {
	t.Parallel()
	bubble(t, sfmock.Options{}, func(t *testing.T, o *sfmock.Org, c *Client) {
		t.Helper()
		for i, text := range nastyValues {
			text = strings.TrimSpace(strings.Map(func(r rune) rune {
				if r < ' ' && r != '\n' && r != '\t' && r != '\r' {
					return -1 // no XML can carry it
				}
				return r
			}, text))
			if len(text) > 255 {
				text = text[:255]
			}
			name := fmt.Sprintf("P%d", i)
			if err := UpsertMetadata(t.Context(), c, "CustomPermission", name, customPermission{FullName: name, Label: name, Description: text}); err != nil {
				t.Errorf("%q: %v", text, err)
			}
			got, err := ReadMetadata[customPermission](t.Context(), c, "CustomPermission", name)
			if diff := cmp.Diff(text, got.Description); err != nil || diff != "" {
				t.Errorf("%v\n%s", err, diff)
			}
			kept, _ := o.Component("CustomPermission", name)
			if text != "" && kept["description"] != text {
				t.Errorf("%q is kept as %q", text, kept["description"])
			}
		}
		for _, name := range []string{`A&B`, `<fullNames>P0</fullNames>`, `"P0"`, `P0</fullNames><fullNames>P1`} {
			if _, err := ReadMetadata[customPermission](t.Context(), c, "CustomPermission", name); !errors.Is(err, ErrNotFound) {
				t.Errorf("read %q: %v", name, err)
			}
			if err := c.DeleteMetadata(t.Context(), "CustomPermission", name); err != nil {
				t.Errorf("delete %q: %v", name, err)
			}
		}
		if _, there := o.Component("CustomPermission", "P0"); !there {
			t.Error("a name broke out of its element")
		}
		err := UpsertMetadata(t.Context(), c, `CustomPermission"/><metadata x="`, "X", permission("X"))
		if refused, ok := errors.AsType[*Error](err); !ok || refused.Code != "INVALID_TYPE" {
			t.Errorf("a type broke out of its attribute: %v", err)
		}
	})
}

func TestSOAPFaults(t *testing.T) {
	t.Parallel()
	const envelope = `<?xml version="1.0"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:sf="http://soap.sforce.com/2006/04/metadata"><soapenv:Body><soapenv:Fault>%s</soapenv:Fault></soapenv:Body></soapenv:Envelope>`
	for fault, want := range map[string]soapFault{
		`<faultcode>sf:INVALID_TYPE</faultcode><faultstring>INVALID_TYPE: not available</faultstring>`:   {"INVALID_TYPE", "not available"},
		`<faultcode>sf:INVALID_TYPE</faultcode><faultstring>not available: really</faultstring>`:         {"INVALID_TYPE", "not available: really"},
		`<faultcode>soapenv:Client</faultcode><faultstring>No operation</faultstring>`:                   {"Client", "No operation"},
		`<faultcode>UNKNOWN_EXCEPTION</faultcode><faultstring>UNKNOWN_EXCEPTION: a &lt; b</faultstring>`: {"UNKNOWN_EXCEPTION", "a < b"},
	} {
		if got, ok := parseFault(fmt.Appendf(nil, envelope, fault)); !ok || got != want {
			t.Errorf("%s: %+v, %t", fault, got, ok)
		}
	}
	for _, other := range []string{"", "<html><body>sorry", "<a/>", `{"a":1}`, `<s:Envelope xmlns:s="x"><s:Body/></s:Envelope>`} {
		if got, ok := parseFault([]byte(other)); ok {
			t.Errorf("%s: %+v", other, got)
		}
	}
}

func TestInnerXML(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		document string
		want     []string
		fails    bool
	}{
		"several, in order": {`<e><result><a>1</a></result><result>2</result></e>`, []string{"<a>1</a>", "2"}, false},
		"nested":            {`<e><result><result>1</result></result></e>`, []string{"<result>1</result>"}, false},
		"deep":              {`<e><b><c><result>1</result></c></b></e>`, []string{"1"}, false},
		"none":              {`<e><b/></e>`, nil, false},
		"cut":               {`<e><result>1</result>`, nil, true},
		"empty":             {``, nil, true},
		"another document":  {`<html><result>1</result></html>`, nil, true},
	} {
		got, err := innerXML([]byte(test.document), "e", "result")
		var texts []string
		for _, inner := range got {
			texts = append(texts, string(inner))
		}
		if (err != nil) != test.fails || !test.fails && !slices.Equal(texts, test.want) {
			t.Errorf("%s: %q, %v", name, texts, err)
		}
	}
	got, err := innerXML([]byte(`<e xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><r xsi:nil="true"/><r xsi:type="T"></r></e>`), "e", "r")
	if err != nil || len(got) != 2 || got[0] != nil || got[1] == nil {
		t.Errorf("%q, %v", got, err)
	}
}

func TestSaveResults(t *testing.T) {
	t.Parallel()
	for inner, want := range map[string]string{
		`<fullName>X</fullName><success>true</success>`: "<nil>",
		`<errors><fields>label</fields><message>no</message><statusCode>REQUIRED_FIELD_MISSING</statusCode></errors><success>false</success>`:                                              "try: REQUIRED_FIELD_MISSING: no",
		`<errors><message>one</message><statusCode>A</statusCode></errors><errors><message>two</message><statusCode>B</statusCode></errors><fullName>X</fullName><success>false</success>`: "try: A: one\ntwo",
		`<success>false</success>`: "try: Salesforce refused the component and gave no reason",
	} {
		if got := fmt.Sprint(saveResult("try", []byte(inner))); got != want {
			t.Errorf("%s: %s", inner, got)
		}
	}
	if err := saveResult("try", []byte("<success>perhaps")); !uncertain(err) {
		t.Error(err)
	}
}

// TestAnswersForOtherComponents are too few or too many.
func TestAnswersForOtherComponents(t *testing.T) {
	t.Parallel()
	inFakeTime(t, func(t *testing.T) {
		t.Helper()
		c := inProcess(t, func(*http.Request) (*http.Response, error) {
			return answer(200, `<s:Envelope xmlns:s="s"><s:Body><x/></s:Body></s:Envelope>`)().response()
		})
		if err := UpsertMetadata(t.Context(), c, "CustomPermission", "P", permission("P")); !uncertain(err) {
			t.Error(err)
		}
		if _, err := ReadMetadata[customPermission](t.Context(), c, "CustomPermission", "P"); err == nil || errors.Is(err, ErrNotFound) {
			t.Error(err)
		}
	})
}
