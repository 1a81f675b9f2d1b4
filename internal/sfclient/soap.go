package sfclient

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

const metadataNamespace = "http://soap.sforce.com/2006/04/metadata"

// soapFault is a refusal of a whole SOAP call.
type soapFault struct{ code, message string }

// parseFault reads a SOAP fault; ok is false when the body is something else.
func parseFault(body []byte) (fault soapFault, ok bool) {
	var envelope struct {
		Fault *struct {
			Code   string `xml:"faultcode"`
			String string `xml:"faultstring"`
		} `xml:"Body>Fault"`
	}
	if xml.Unmarshal(body, &envelope) != nil || envelope.Fault == nil {
		return fault, false
	}
	code := envelope.Fault.Code[strings.LastIndexByte(envelope.Fault.Code, ':')+1:]
	return soapFault{code, strings.TrimPrefix(envelope.Fault.String, code+": ")}, true
}

// soap has one Metadata API exchange. body is the operation's element without its namespace, which the envelope declares;
// the answer is what stands inside each <result>.
func (c *Client) soap(ctx context.Context, op, body string, idempotent bool) ([][]byte, error) {
	r := request{
		op: op, method: http.MethodPost, path: "/services/Soap/m/" + c.config.APIVersion, idempotent: idempotent,
		envelope: func(token string) []byte {
			var e bytes.Buffer
			e.WriteString(`<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="` + metadataNamespace + `"><s:Header><SessionHeader><sessionId>`)
			_ = xml.EscapeText(&e, []byte(token)) // a bytes.Buffer takes everything
			e.WriteString(`</sessionId></SessionHeader></s:Header><s:Body>`)
			e.WriteString(body)
			e.WriteString(`</s:Body></s:Envelope>`)
			return e.Bytes()
		},
	}
	var results [][]byte
	err := c.exchange(ctx, r, func(answer []byte) error {
		var err error
		if results, err = innerXML(answer, "Envelope", "result"); err != nil {
			return fmt.Errorf("the answer of %d bytes can't be read as SOAP (%w)", len(answer), err)
		}
		return nil
	})
	return results, err
}

// innerXML returns what stands inside each element of the given name, at whatever depth it first occurs below the root.
func innerXML(document []byte, root, name string) ([][]byte, error) {
	decoder := xml.NewDecoder(bytes.NewReader(document))
	var found [][]byte
	for inside := false; ; {
		token, err := decoder.Token()
		switch {
		case errors.Is(err, io.EOF) && inside:
			return found, nil
		case errors.Is(err, io.EOF):
			return nil, io.ErrUnexpectedEOF
		case err != nil:
			return nil, err
		}
		start, isStart := token.(xml.StartElement)
		if isStart && !inside && start.Name.Local != root {
			return nil, fmt.Errorf("it begins with <%s>", start.Name.Local)
		}
		inside = inside || isStart
		if !isStart || start.Name.Local != name {
			continue
		}
		var content struct {
			Nil   string `xml:"http://www.w3.org/2001/XMLSchema-instance nil,attr"`
			Inner []byte `xml:",innerxml"`
		}
		if err := decoder.DecodeElement(&content, &start); err != nil {
			return nil, err
		}
		if content.Nil == "true" {
			content.Inner = nil
		}
		found = append(found, content.Inner)
	}
}

// element writes <name>text</name>.
func element(name, text string) string { return "<" + name + ">" + escaped(text) + "</" + name + ">" }

// escaped writes text so that it can stand in an element or in an attribute.
func escaped(text string) string {
	var e strings.Builder
	_ = xml.EscapeText(&e, []byte(text)) // a strings.Builder takes everything
	return e.String()
}

// decodeInner reads the inside of an element as T.
func decodeInner[T any](inner []byte) (T, error) {
	var value T
	document := fmt.Appendf(nil, `<x xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">%s</x>`, inner)
	err := xml.Unmarshal(document, &value)
	return value, err
}
