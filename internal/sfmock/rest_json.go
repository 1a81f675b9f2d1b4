package sfmock

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"mime"
	"strconv"
	"time"
)

// decode reads the JSON body; numbers stay json.Number where into does not say otherwise.
func (c *call) decode(into any) *apiError {
	if media, _, err := mime.ParseMediaType(c.request.Header.Get("Content-Type")); err != nil || media != "application/json" {
		return errMediaType(c.request.Header.Get("Content-Type"))
	}
	decoder := json.NewDecoder(bytes.NewReader(c.body))
	decoder.UseNumber()
	err := decoder.Decode(into)
	if err == nil {
		if _, err = decoder.Token(); errors.Is(err, io.EOF) {
			return nil
		}
		return errJSON(c.body, int(decoder.InputOffset()), unsureTrailingJSON)
	}
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok && int(syntax.Offset) <= len(c.body) && syntax.Offset > 0 {
		offset := int(syntax.Offset) - 1
		return errJSON(c.body, offset, fmt.Sprintf(unsureUnexpectedCharacter, c.body[offset], c.body[offset]))
	}
	if mismatch, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return errJSON(c.body, max(int(mismatch.Offset)-1, 0), fmt.Sprintf(unsureMismatch, mismatch.Value))
	}
	return errJSON(c.body, len(c.body), unsureEndOfJSON)
}

// errJSON says where in the body the parser gave up.
func errJSON(body []byte, offset int, message string) *apiError {
	before := body[:min(offset, len(body))]
	line := bytes.Count(before, []byte("\n")) + 1
	column := len(before) - bytes.LastIndexByte(before, '\n')
	return refuse("JSON_PARSER_ERROR", fmt.Sprintf("%s at [line:%d, column:%d]", message, line, column))
}

// jsonValue is a column's value as the data API writes it; whole doubles keep their point.
func jsonValue(v any) any {
	switch v := v.(type) {
	case time.Time:
		return v.UTC().Format(datetimeLayout)
	case float64:
		if v == math.Trunc(v) && math.Abs(v) < 1e15 {
			return json.Number(strconv.FormatFloat(v, 'f', 1, 64))
		}
	}
	return v
}

// document is a JSON object that keeps the order of its members.
type document []member

type member struct {
	name  string
	value any
}

// MarshalJSON implements json.Marshaler.
func (d document) MarshalJSON() ([]byte, error) {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	buffer.WriteByte('{')
	for i, m := range d {
		if i > 0 {
			buffer.WriteByte(',')
		}
		if err := encoder.Encode(m.name); err != nil {
			return nil, err
		}
		buffer.WriteByte(':')
		if err := encoder.Encode(m.value); err != nil {
			return nil, err
		}
	}
	buffer.WriteByte('}')
	return buffer.Bytes(), nil
}
