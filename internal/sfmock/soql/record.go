package soql

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"
)

// dateTimeLayout is how the REST API writes a datetime.
const dateTimeLayout = "2006-01-02T15:04:05.000-0700"

// Record is one row of a result. Its JSON has "attributes" first and then the selected
// fields in the order of the SELECT list.
type Record struct {
	typeName, url string
	cells         []cell
}

type cell struct {
	name  string
	value any
}

// Children are the records of a child sub-query, which in JSON are a result of their own.
type Children []Record

// Type is the object the record belongs to, or AggregateResult.
func (r Record) Type() string { return r.typeName }

// Value reads a selected value by its path, "Profile.Name": nil, string, bool, int64,
// float64, time.Time, Date, Record or Children.
func (r Record) Value(path string) any {
	first, rest, nested := strings.Cut(path, ".")
	for _, cell := range r.cells {
		if !strings.EqualFold(cell.name, first) {
			continue
		}
		if parent, ok := cell.value.(Record); ok && nested {
			return parent.Value(rest)
		}
		if nested {
			return nil
		}
		return cell.value
	}
	return nil
}

// MarshalJSON writes the record as the REST API does.
func (r Record) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	attributes := struct {
		Type string `json:"type"`
		URL  string `json:"url,omitempty"`
	}{r.typeName, r.url}
	if err := writeMember(&out, '{', "attributes", attributes); err != nil {
		return nil, err
	}
	for _, cell := range r.cells {
		if err := writeMember(&out, ',', cell.name, rendered(cell.value)); err != nil {
			return nil, err
		}
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

func writeMember(out *bytes.Buffer, separator byte, name string, value any) error {
	key, err := json.Marshal(name)
	if err != nil {
		return err
	}
	encoded, err := json.Marshal(value)
	if err != nil {
		return err
	}
	out.WriteByte(separator)
	out.Write(key)
	out.WriteByte(':')
	out.Write(encoded)
	return nil
}

// rendered replaces a value by what JSON shows of it.
func rendered(value any) any {
	switch v := value.(type) {
	case string:
		if v == "" {
			return nil
		}
	case time.Time:
		return v.UTC().Format(dateTimeLayout)
	case float64:
		if v == math.Trunc(v) && math.Abs(v) < 1e15 {
			return json.RawMessage(strconv.FormatFloat(v, 'f', 1, 64)) // whole doubles keep their point: 5.0
		}
	}
	return value
}

// MarshalJSON writes the records as a complete nested result.
func (c Children) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		TotalSize int      `json:"totalSize"`
		Done      bool     `json:"done"`
		Records   []Record `json:"records"`
	}{len(c), true, c})
}

// firstPage is a child sub-query's result of which the rest has to be asked for.
type firstPage struct {
	all  Children
	most int
	next string
}

// MarshalJSON writes the first page of the records.
func (p firstPage) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		TotalSize int      `json:"totalSize"`
		Done      bool     `json:"done"`
		Next      string   `json:"nextRecordsUrl"`
		Records   []Record `json:"records"`
	}{len(p.all), false, p.next, p.all[:p.most]})
}

// Split leaves of child records that are more than most only the first page in the record; later keeps all and tells where the
// others can be had.
func (r Record) Split(most int, later func(all Children) (next string)) {
	for i, c := range r.cells {
		children, _ := c.value.(Children)
		for _, child := range children {
			child.Split(most, later)
		}
		if len(children) > most {
			r.cells[i].value = firstPage{children, most, later(children)}
		}
	}
}
