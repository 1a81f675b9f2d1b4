package main

import (
	"encoding/xml"
	"fmt"

	"github.com/terraform-salesforce/terraform-provider-salesforce/internal/sfmock"
)

// traffic is what went to the Metadata API, but for deployments.
type traffic struct {
	lists         int
	reads, writes gathering
	sideBySide    int // writes that were under way at the same time, at most
}

// gathering is how many components travelled in how many calls.
type gathering struct{ components, calls int }

func (g *gathering) add(components int) {
	g.components += components
	g.calls++
}

// each is how many components a call was about on average.
func (g gathering) each() string {
	if g.calls == 0 {
		return "-"
	}
	return short(float64(g.components) / float64(g.calls))
}

// metadataTraffic counts what is in the org's journal.
func metadataTraffic(org *sfmock.Org) (traffic, error) {
	t := traffic{sideBySide: org.MaxParallelMetadataWrites()}
	for _, r := range org.Requests(sfmock.Match{Path: "/services/Soap/m/"}) {
		var envelope struct {
			Body struct {
				Operation struct {
					XMLName xml.Name
					Named   []struct{} `xml:"fullNames"`
					Sent    []struct{} `xml:"metadata"`
				} `xml:",any"`
			}
		}
		if err := xml.Unmarshal(r.Body, &envelope); err != nil {
			return t, fmt.Errorf("read a call of the Metadata API: %w", err)
		}
		switch operation := envelope.Body.Operation; operation.XMLName.Local {
		case "listMetadata":
			t.lists++
		case "readMetadata":
			t.reads.add(len(operation.Named))
		case "createMetadata", "updateMetadata", "upsertMetadata", "deleteMetadata":
			t.writes.add(len(operation.Named) + len(operation.Sent))
		}
	}
	return t, nil
}
