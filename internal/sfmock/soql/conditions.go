package soql

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

const maxSemiJoins = 2

var comparisonSymbols = []string{"=", "!=", "<>", "<", "<=", ">", ">="}

// condition reads terms joined by AND, or by OR, but never by both; NOT takes one term.
func (p *parser) condition(operand func() expression) *condition {
	if p.accept("NOT") {
		return &condition{logic: "NOT", terms: []*condition{p.term(operand)}}
	}
	first := p.term(operand)
	logic := p.acceptOne([]string{"AND", "OR"})
	if logic == "" {
		return first
	}
	joined := &condition{logic: logic, terms: []*condition{first, p.term(operand)}}
	for p.accept(logic) {
		joined.terms = append(joined.terms, p.term(operand))
	}
	return joined
}

func (p *parser) term(operand func() expression) *condition {
	if !p.at("(") {
		return &condition{comparison: p.comparison(operand)}
	}
	p.nest()
	defer func() { p.nesting-- }()
	p.take()
	inner := p.condition(operand)
	p.expect(")")
	return inner
}

// nest enters a parenthesis.
func (p *parser) nest() {
	p.nesting++
	if p.nesting > maxNesting {
		p.refuse(p.peek(), tooComplicated, "Query is either selecting too many fields or the filter conditions are too complicated.")
	}
}

func (p *parser) comparison(operand func() expression) comparison {
	read := comparison{expression: operand()}
	switch operator := p.operator(); operator {
	case "IN", "NOT IN", "INCLUDES", "EXCLUDES":
		read.operator = operator
		p.alternatives(&read)
	case "<>":
		read.operator = "!="
		read.values = []literal{p.value()}
	case "LIKE":
		read.operator = operator
		read.values = []literal{p.pattern()}
	default:
		read.operator = operator
		read.values = []literal{p.value()}
	}
	return read
}

func (p *parser) operator() string {
	if t := p.peek(); t.kind == symbolToken && slices.Contains(comparisonSymbols, t.text) {
		return p.take().text
	}
	if p.accept("NOT") {
		p.expect("IN")
		return "NOT IN"
	}
	word := p.acceptOne([]string{"LIKE", "IN", "INCLUDES", "EXCLUDES"})
	if word == "" {
		p.unexpected()
	}
	return word
}

// alternatives reads a list in parentheses, or the sub-query of a semi-join.
func (p *parser) alternatives(read *comparison) {
	if p.at("(") && p.following().is(")") {
		p.refuse(token{pos: read.pos}, malformedQuery, "unexpected token: '%s %s ()'", read.expression, read.operator)
	}
	p.nest()
	defer func() { p.nesting-- }()
	p.expect("(")
	if p.at("SELECT") && strings.HasSuffix(read.operator, "IN") {
		read.subquery = p.semiJoin()
	} else {
		read.values = commaList(p, p.value)
	}
	p.expect(")")
}

// semiJoin reads the only kind of sub-query that WHERE takes: one field, and no clause but WHERE.
func (p *parser) semiJoin() *Query {
	p.expect("SELECT")
	query := &Query{text: p.text, limit: noLimit, selection: []selected{{expression: p.column()}}}
	p.from(query)
	p.where(query)
	return query
}

func (p *parser) checkSemiJoins(where *condition) {
	joins := where.semiJoins()
	for _, join := range joins {
		direct := slices.Contains(where.terms, join)
		switch {
		case p.err != nil:
			return
		case len(join.subquery.where.semiJoins()) > 0:
			p.err = fail(malformedQuery, "Nesting of semi join sub-selects is not supported")
		case direct && where.logic == "OR":
			p.err = fail(malformedQuery, "Semi join sub-selects are not allowed with the 'OR' operator")
		case join != where && (!direct || where.logic != "AND"):
			p.err = fail(malformedQuery, "Semi join sub-selects are only allowed at the top level WHERE expressions "+
				"and not in nested WHERE expressions.")
		case len(joins) > maxSemiJoins:
			p.err = fail(tooManySemiJoins, "Maximum %d semi join sub-selects are allowed", maxSemiJoins)
		}
	}
}

// pattern reads the string after LIKE.
func (p *parser) pattern() literal {
	t := p.peek()
	if t.kind != stringToken {
		p.unexpected()
	}
	p.take()
	pattern, illegal, ok := decodeLike(t.text)
	p.checkString(t, illegal, ok)
	return literal{pattern, t.pos}
}

// value reads any constant.
func (p *parser) value() literal {
	t := p.peek()
	read := literal{pos: t.pos}
	switch t.kind {
	case stringToken:
		text, illegal, ok := decodeString(t.text)
		p.checkString(t, illegal, ok)
		read.value = text
	case numberToken:
		number, err := strconv.ParseFloat(t.text, 64)
		if err != nil {
			p.unexpected()
		}
		read.value = number
	case dateToken:
		if _, err := time.Parse(dateLayout, t.text); err != nil {
			p.refuse(t, malformedQuery, "Invalid date: %s", t.text)
		}
		read.value = Date(t.text)
	case dateTimeToken:
		instant, ok := dateTime(t.text)
		if !ok {
			p.refuse(t, malformedQuery, "Invalid datetime: %s", t.text)
		}
		read.value = instant
	default:
		read.value = p.constant()
		return read
	}
	p.take()
	return read
}

func (p *parser) checkString(t token, illegal string, ok bool) {
	switch {
	case !ok:
		p.refuse(t, malformedQuery, "Invalid string literal '%s'. Illegal character sequence '%s' in string literal.", t.text, illegal)
	case utf8.RuneCountInString(t.text) > maxStringLiteral:
		p.refuse(t, malformedQuery, "string literal exceeds the maximum length of %d characters", maxStringLiteral)
	}
}

// constant reads TRUE, FALSE, NULL or a date literal.
func (p *parser) constant() any {
	word := strings.ToUpper(p.peek().text)
	switch {
	case p.accept("TRUE"):
		return true
	case p.accept("FALSE"):
		return false
	case p.accept("NULL"):
		return nil
	}
	if p.following().is(":") {
		word += ":"
	}
	if dateLiterals[word] == nil || p.peek().kind != wordToken {
		p.unexpected()
		return nil
	}
	p.take()
	if !p.accept(":") {
		return relativeDate{name: word}
	}
	return relativeDate{word, p.integer()}
}
