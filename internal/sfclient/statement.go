package sfclient

import (
	"context"
	"errors"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

var (
	soqlLiteral = regexp.MustCompile(`'(?:[^'\\]|\\.)*'`)
	soqlSelect  = regexp.MustCompile(`(?i)^\s*SELECT\s`)
	soqlToken   = regexp.MustCompile(`[()]|\w+`)
)

// CheckStatement tells what keeps a text from being one SOQL query, as far as can be seen without the org.
func CheckStatement(statement string) error {
	bare := soqlLiteral.ReplaceAllString(statement, "")
	switch {
	case !soqlSelect.MatchString(statement):
		return errors.New("a query begins with SELECT")
	case strings.Contains(bare, "'"):
		return errors.New(`a text has no end; within a text, write an apostrophe as \'`)
	case strings.Contains(bare, ";"):
		return errors.New("it is one statement, and ends without a semicolon")
	case strings.Count(bare, "(") != strings.Count(bare, ")"):
		return errors.New("its parentheses don't match")
	}
	return nil
}

// childNames are the relationships whose rows the sub-queries in a statement's select list read.
func childNames(statement string) []string {
	var names []string
	depth, after := 0, ""
	for _, token := range soqlToken.FindAllString(soqlLiteral.ReplaceAllString(statement, ""), -1) {
		switch {
		case token == "(":
			depth++
		case token == ")":
			depth--
		case strings.EqualFold(token, "FROM") && depth == 0:
			return names
		case strings.EqualFold(after, "FROM"):
			names = append(names, token)
		}
		after = token
	}
	return names
}

// In is a column and the values that it may have.
type In struct {
	Column string
	Values []string
}

// Select builds the statements that find the rows that meet all conditions and have one of the values in each list's column; several
// where the lists are too long for one, none where a list is empty.
func Select(fields []string, object string, conditions []string, lists ...In) []string {
	head := "SELECT " + strings.Join(fields, ",") + " FROM " + object
	alternatives := [][]string{conditions}
	for _, list := range lists {
		room := (maxStatement-len(url.QueryEscape(head+strings.Join(conditions, and))))/len(lists) - len(" WHERE %29"+and)
		var longer [][]string
		for _, met := range alternatives {
			for _, part := range list.parts(room) {
				longer = append(longer, append(slices.Clone(met), part))
			}
		}
		alternatives = longer
	}
	statements := make([]string, len(alternatives))
	for i, met := range alternatives {
		if statements[i] = head; len(met) > 0 {
			statements[i] += " WHERE " + strings.Join(met, and)
		}
	}
	return statements
}

const and = " AND "

// parts are the conditions that together stand for the list. Each takes no more than room of a request's address.
func (in In) parts(room int) []string {
	var parts []string
	var list strings.Builder
	start := in.Column + " IN ("
	length := 0
	for _, value := range in.Values {
		literal := Quote(value)
		if utf8.RuneCountInString(literal) > maxLiteral {
			continue // no row has it; Salesforce would refuse the whole query
		}
		cost := len(url.QueryEscape(literal)) + len(url.QueryEscape(","))
		if list.Len() > 0 && length+cost > room {
			parts = append(parts, start+list.String()+")")
			list.Reset()
		}
		if list.Len() == 0 {
			length = len(url.QueryEscape(start))
		} else {
			list.WriteByte(',')
		}
		list.WriteString(literal)
		length += cost
	}
	if list.Len() > 0 {
		parts = append(parts, start+list.String()+")")
	}
	return parts
}

// queryEach runs statements one after the other and returns the rows of all.
func queryEach[T any](ctx context.Context, c *Client, op string, statements []string) ([]T, error) {
	var rows []T
	for _, statement := range statements {
		some, err := Query[T](ctx, c, op, statement)
		if err != nil {
			return nil, err
		}
		rows = append(rows, some...)
	}
	return rows, nil
}
