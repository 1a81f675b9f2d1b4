package sfclient

import (
	"context"
	"encoding/xml"
	"errors"
	"math"
	"net/http"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
)

// maxComponents is how many components one Metadata API call takes.
const maxComponents = 10

// metadataVerb is a write operation on a type. Components of the same one travel together.
type metadataVerb struct {
	verb, kind string
	alone      string // the name of a component that travels without company, usually empty
}

// metadataWrite is one component of a write: its inside, or only its name for a deletion.
type metadataWrite struct{ fullName, inner string }

// ReadMetadata reads one component into a C, whose fields carry xml tags, and reports ErrNotFound when it is absent or invisible.
// Reads of one type that run side by side share a call.
func ReadMetadata[C any](ctx context.Context, c *Client, kind, fullName string) (C, error) {
	inner, err := c.metadataReads.of(kind).do(ctx, fullName)
	var none C
	if err != nil {
		return none, err
	}
	if inner == nil {
		return none, &Error{Op: "read " + kind, Status: http.StatusOK, Code: "NOT_FOUND", Message: "there is no " + kind + " " + fullName + " that the signed-in user can see"}
	}
	component, err := decodeInner[C](inner)
	if err != nil {
		return none, &Error{Op: "read " + kind, Status: http.StatusOK, Message: fullName + " can't be read: " + err.Error()}
	}
	return component, nil
}

// ReadAllMetadata reads components of a type side by side, so that they share calls. One that is absent or invisible is nil.
func ReadAllMetadata[C any](ctx context.Context, c *Client, kind string, fullNames []string) ([]*C, error) {
	components := make([]*C, len(fullNames))
	var group errgroup.Group
	for i, name := range fullNames {
		group.Go(func() error {
			component, err := ReadMetadata[C](ctx, c, kind, name)
			if errors.Is(err, ErrNotFound) {
				return nil
			}
			components[i] = &component
			return err
		})
	}
	return components, group.Wait()
}

// CreateMetadata creates a component. It fails with ErrDuplicate when one of that name exists. After an uncertain failure the
// component is looked for: absent, it is sent again; present, it is taken for ours only if same says so.
func CreateMetadata[C any](ctx context.Context, c *Client, kind, fullName string, component C, same func(C) bool) error {
	create := metadataVerb{verb: "createMetadata", kind: kind}
	return createOnce(func() error {
		err := c.writeMetadata(ctx, create, fullName, component)
		create.alone = fullName // it may have been the company that Salesforce stumbled over
		return err
	}, func() (bool, error) {
		found, err := ReadMetadata[C](ctx, c, kind, fullName)
		switch {
		case errors.Is(err, ErrNotFound):
			return false, nil
		case err == nil && !same(found):
			err = &Error{
				Op: "create " + kind, Status: http.StatusOK, Code: "DUPLICATE_VALUE",
				Message: "the connection broke while " + fullName + " was created; a component of that name is there now, but not with the content that was sent, so it is somebody else's",
			}
		}
		return err == nil, err
	})
}

// UpdateMetadata writes a component that exists; an absent one gives ErrNotFound. Whether what is left out of component is kept or
// removed depends on the type: permission sets are replaced whole, profiles and settings are overlaid.
func UpdateMetadata[C any](ctx context.Context, c *Client, kind, fullName string, component C) error {
	return c.writeMetadata(ctx, metadataVerb{verb: "updateMetadata", kind: kind}, fullName, component)
}

// UpsertMetadata writes a component whether it exists or not.
func UpsertMetadata[C any](ctx context.Context, c *Client, kind, fullName string, component C) error {
	return c.writeMetadata(ctx, metadataVerb{verb: "upsertMetadata", kind: kind}, fullName, component)
}

// DeleteMetadata removes a component. One that is gone already counts as removed.
func (c *Client) DeleteMetadata(ctx context.Context, kind, fullName string) error {
	err := c.writeMetadata(ctx, metadataVerb{verb: "deleteMetadata", kind: kind}, fullName, nil)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}

// ComponentListing is what listMetadata tells of a component.
type ComponentListing struct {
	ID             string `xml:"id"`
	FullName       string `xml:"fullName"`
	Type           string `xml:"type"`
	Namespace      string `xml:"namespacePrefix"`
	LastModifiedBy string `xml:"lastModifiedByName"`
}

// ListMetadata lists the components of a type that the signed-in user can see. Those who ask for one type side by side share the answer,
// which is never older than their question.
func (c *Client) ListMetadata(ctx context.Context, kind string) ([]ComponentListing, error) {
	return c.metadataLists.of(kind).do(ctx, struct{}{})
}

// listComponents makes the gatherer for listings of one type.
func (c *Client) listComponents(kind string) *gatherer[struct{}, []ComponentListing] {
	op := "list " + kind
	body := "<listMetadata><queries>" + element("type", kind) + "</queries>" + element("asOfVersion", c.config.APIVersion) + "</listMetadata>"
	return &gatherer[struct{}, []ComponentListing]{most: math.MaxInt, patient: true, send: func(ctx context.Context, callers []struct{}) ([][]ComponentListing, error) {
		results, err := c.soap(ctx, op, body, true)
		if err != nil {
			return nil, err
		}
		listing := make([]ComponentListing, len(results))
		for i, inner := range results {
			if listing[i], err = decodeInner[ComponentListing](inner); err != nil {
				return nil, &Error{Op: op, Status: http.StatusOK, Message: err.Error()}
			}
		}
		return slices.Repeat([][]ComponentListing{slices.Clip(listing)}, len(callers)), nil
	}}
}

func (c *Client) writeMetadata(ctx context.Context, key metadataVerb, fullName string, component any) error {
	item := metadataWrite{fullName: fullName}
	if component != nil {
		inner, err := encodeInner(component)
		if err != nil {
			return err
		}
		item.inner = inner
	}
	c.touchComponent(key.kind, fullName)
	defer c.touchComponent(key.kind, fullName)
	_, err := whileLocked(ctx, func() (struct{}, error) {
		outcome, err := c.metadataWrites.of(key).do(ctx, item)
		if err == nil {
			err = outcome.err
		}
		return struct{}{}, err
	})
	return err
}

// touchComponent tells the table of a component's type, if there is one, that a row is about to be written or was.
func (c *Client) touchComponent(kind, fullName string) {
	if table := c.tables[kind]; table != nil {
		table.touched("", Values{"Name": fullName, "DeveloperName": fullName})
	}
}

// encodeInner writes a component without its outer element. Within it, repeated elements of a name stand together because a
// struct's fields do; Salesforce refuses them otherwise.
func encodeInner(component any) (string, error) {
	text, err := xml.Marshal(component)
	if err != nil {
		return "", err
	}
	inner := string(text)
	inner = inner[strings.IndexByte(inner, '>')+1:]
	return inner[:strings.LastIndex(inner, "</")], nil
}

// readComponents makes the gatherer for reads of one type.
func (c *Client) readComponents(kind string) *gatherer[string, []byte] {
	return &gatherer[string, []byte]{most: maxComponents, patient: true, took: time.Duration(c.latency.Load()), send: func(ctx context.Context, names []string) ([][]byte, error) {
		op := "read " + kind
		wanted := slices.Compact(slices.Sorted(slices.Values(names)))
		var body strings.Builder
		body.WriteString("<readMetadata>" + element("type", kind))
		for _, name := range wanted {
			body.WriteString(element("fullNames", name))
		}
		body.WriteString("</readMetadata>")
		results, err := c.soap(ctx, op, body.String(), true)
		if err != nil {
			return nil, err
		}
		var records [][]byte
		for _, result := range results {
			some, err := innerXML(append(append([]byte(`<x xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`), result...), "</x>"...), "x", "records")
			if err != nil {
				return nil, &Error{Op: op, Status: http.StatusOK, Message: err.Error()}
			}
			records = append(records, some...)
		}
		if len(records) != len(wanted) {
			return nil, &Error{Op: op, Status: http.StatusOK, Message: "Salesforce answered for another number of components than were asked for"}
		}
		answers := make([][]byte, len(names))
		for i, name := range names {
			position, _ := slices.BinarySearch(wanted, name)
			answers[i] = records[position]
		}
		return answers, nil
	}}
}

// metadataOutcome is the result for one component.
type metadataOutcome struct{ err error }

// writeComponents makes the gatherer for one operation on one type. All of them share the org's turn.
func (c *Client) writeComponents(key metadataVerb) *gatherer[metadataWrite, metadataOutcome] {
	return &gatherer[metadataWrite, metadataOutcome]{most: maxComponents, write: true, turn: c.metadataTurn, send: func(ctx context.Context, items []metadataWrite) ([]metadataOutcome, error) {
		outcomes, err := c.sendComponents(ctx, key, items)
		if len(items) == 1 || !refusedForItsContent(err) {
			return outcomes, err
		}
		outcomes = make([]metadataOutcome, len(items))
		for i := range items {
			if one, err := c.sendComponents(ctx, key, items[i:i+1]); err != nil {
				outcomes[i].err = err
			} else {
				outcomes[i] = one[0]
			}
		}
		return outcomes, nil
	}}
}

// refusedForItsContent tells that Salesforce refused a whole call, which it does when it stumbles over one of its components. Nothing
// was done.
func refusedForItsContent(err error) bool {
	_, refused := errors.AsType[*Error](err)
	for _, other := range []error{ErrLocked, ErrLimit, ErrSession, ErrAccess} {
		refused = refused && !errors.Is(err, other)
	}
	return refused && !unsent(err) && !uncertain(err)
}

func (c *Client) sendComponents(ctx context.Context, key metadataVerb, items []metadataWrite) ([]metadataOutcome, error) {
	op := strings.TrimSuffix(key.verb, "Metadata") + " " + key.kind
	var body strings.Builder
	body.WriteString("<" + key.verb + ">")
	if key.verb == "deleteMetadata" {
		body.WriteString(element("type", key.kind))
	}
	for _, item := range items {
		if key.verb == "deleteMetadata" {
			body.WriteString(element("fullNames", item.fullName))
		} else {
			body.WriteString(`<metadata xsi:type="` + escaped(key.kind) + `">` + item.inner + "</metadata>")
		}
	}
	body.WriteString("</" + key.verb + ">")
	results, err := c.soap(ctx, op, body.String(), key.verb != "createMetadata")
	if err != nil {
		return nil, err
	}
	if len(results) != len(items) {
		return nil, &UncertainError{&Error{Op: op, Status: http.StatusOK, Message: "Salesforce answered for another number of components than were sent"}}
	}
	outcomes := make([]metadataOutcome, len(items))
	for i, inner := range results {
		outcomes[i].err = saveResult(op, inner)
	}
	return outcomes, nil
}

// saveResult reads the result of one component's write. A failure may come without any reason.
func saveResult(op string, inner []byte) error {
	result, err := decodeInner[struct {
		Success bool `xml:"success"`
		Errors  []struct {
			Code    string   `xml:"statusCode"`
			Message string   `xml:"message"`
			Fields  []string `xml:"fields"`
		} `xml:"errors"`
	}](inner)
	switch {
	case err != nil:
		return &UncertainError{&Error{Op: op, Status: http.StatusOK, Message: err.Error()}}
	case result.Success:
		return nil
	case len(result.Errors) == 0:
		return &Error{Op: op, Status: http.StatusOK, Message: "Salesforce refused the component and gave no reason"}
	}
	first := result.Errors[0]
	refused := &Error{Op: op, Status: http.StatusOK, Code: first.Code, Message: first.Message, Fields: first.Fields}
	for _, more := range result.Errors[1:] {
		refused.Message += "\n" + more.Message
	}
	return refused
}
