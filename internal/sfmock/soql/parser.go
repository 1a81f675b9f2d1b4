package soql

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	maxStatement  = 100_000 // characters
	maxSubqueries = 20
	maxChildDepth = 5 // levels of a parent-to-child query, the root included
	maxOffset     = 2000
	maxNesting    = 200 // parentheses; keeps recursion shallow
)

// reserved words can be neither fields nor aliases.
var reserved = []string{
	"AND", "ASC", "DESC", "EXCLUDES", "FIRST", "FROM", "GROUP", "HAVING", "IN", "INCLUDES", "LAST",
	"LIKE", "LIMIT", "NOT", "NULL", "NULLS", "OR", "SELECT", "USING", "WHERE", "WITH",
}

// clauses are the words, next to the reserved ones, that may follow the object of FROM.
var clauses = []string{"ORDER", "OFFSET", "FOR", "ALL", "UPDATE"}

var (
	aggregateFunctions = []string{"COUNT", "COUNT_DISTINCT", "MIN", "MAX", "SUM", "AVG"}
	fieldGroups        = []string{"ALL", "STANDARD", "CUSTOM"}
	scopes             = []string{"DELEGATED", "EVERYTHING", "MINE", "MINE_AND_MY_GROUPS", "MY_TERRITORY", "MY_TEAM_TERRITORY", "TEAM"}
	accessModes        = []string{"SECURITY_ENFORCED", "USER_MODE", "SYSTEM_MODE"}
)

// Parse reads one SOQL statement. Its error is always an *Error.
func Parse(text string) (*Query, error) {
	if strings.TrimSpace(text) == "" {
		return nil, fail(malformedQuery, "A query string has to be specified")
	}
	if utf8.RuneCountInString(text) > maxStatement {
		return nil, fail(malformedQuery, "SOQL statements cannot be longer than %d characters.", maxStatement)
	}
	tokens, err := lex(text)
	if err != nil {
		return nil, err
	}
	p := &parser{text: text, tokens: tokens}
	query := p.statement(1)
	if p.peek().kind != endToken {
		p.unexpected()
	}
	if p.err != nil {
		return nil, p.err
	}
	return query, nil
}

// parser reads tokens until the first error, after which it sees only the end.
type parser struct {
	text       string
	tokens     []token
	next       int
	err        *Error
	nesting    int
	subqueries int
}

func (p *parser) peek() token {
	if p.err != nil {
		return p.tokens[len(p.tokens)-1]
	}
	return p.tokens[p.next]
}

// following is the token after the next one.
func (p *parser) following() token {
	return p.tokens[min(p.next+1, len(p.tokens)-1)]
}

// last is the token that was read last.
func (p *parser) last() token { return p.tokens[max(p.next-1, 0)] }

func (p *parser) take() token {
	t := p.peek()
	if t.kind != endToken {
		p.next++
	}
	return t
}

// at tells whether the next token is the keyword or symbol.
func (p *parser) at(text string) bool { return p.peek().is(text) }

func (p *parser) accept(text string) bool {
	if p.at(text) {
		p.take()
		return true
	}
	return false
}

func (p *parser) expect(text string) {
	if !p.accept(text) {
		p.unexpected()
	}
}

// acceptOne reads a word of the list and returns it in upper case, or "".
func (p *parser) acceptOne(words []string) string {
	if t := p.peek(); t.kind == wordToken && isOneOf(t.text, words) {
		return strings.ToUpper(p.take().text)
	}
	return ""
}

func isOneOf(word string, words []string) bool {
	return slices.Contains(words, strings.ToUpper(word))
}

// unexpected refuses the next token.
func (p *parser) unexpected() {
	t := p.peek()
	switch {
	case p.err != nil:
	case t.kind == endToken:
		p.err = fail(malformedQuery, "unexpected token: '<EOF>'")
	case t.is(":"):
		p.refuse(t, malformedQuery, "Bind variables only allowed in Apex code")
	case t.kind == stringToken:
		p.refuse(t, malformedQuery, "unexpected token: ''%s''", t.text)
	default:
		p.refuse(t, malformedQuery, "unexpected token: '%s'", t.text)
	}
}

// refuse records the first error, at a token.
func (p *parser) refuse(at token, code, format string, arguments ...any) {
	if p.err == nil {
		p.err = failAt(p.text, at.pos, code, format, arguments...)
	}
}

// commaList reads one or more elements with commas between them.
func commaList[T any](p *parser, element func() T) []T {
	elements := []T{element()}
	for p.accept(",") {
		elements = append(elements, element())
	}
	return elements
}

// identifier reads a word that is not reserved.
func (p *parser) identifier(alsoAllowed ...string) name {
	t := p.peek()
	if t.kind != wordToken || isOneOf(t.text, reserved) && !isOneOf(t.text, alsoAllowed) {
		p.unexpected()
	}
	p.take()
	return name{t.text, t.pos}
}

func (p *parser) path() path {
	word := p.identifier()
	parts := strings.Split(word.text, ".")
	if slices.Contains(parts, "") {
		p.refuse(token{pos: word.pos}, malformedQuery, "unexpected token: '%s'", word.text)
	}
	return path{parts, word.pos}
}

// column reads an operand of WHERE, which can not be an aggregate.
func (p *parser) column() expression { return expression{path: p.path()} }

// expression reads a field or an aggregate function of a field.
func (p *parser) expression() expression {
	if !p.following().is("(") {
		return p.column()
	}
	start := p.peek()
	function := p.acceptOne(aggregateFunctions)
	if function == "" {
		p.take()
		p.unexpected()
	}
	p.expect("(")
	operand := p.path()
	operand.pos = start.pos
	p.expect(")")
	return expression{function, operand}
}

// integer reads a number that is neither negative nor broken.
func (p *parser) integer() int {
	t := p.peek()
	n, err := strconv.Atoi(t.text)
	if t.kind != numberToken || err != nil || n < 0 {
		p.unexpected()
	}
	p.take()
	return n
}
