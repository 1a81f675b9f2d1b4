package provider

import (
	"strings"
	"sync"
)

// planned is what the resources of this plan have announced: names about to exist, and seats about to be taken. It lives as long
// as the provider's process, which serves one plan or one apply. Terraform plans a resource after those it refers to, so a
// reference is always announced before it is looked for.
type planned struct {
	mu    sync.Mutex
	names map[string]bool           // "kind\x00name", name ignoring case
	seats map[string]map[string]int // licence -> who -> +1 takes a seat, -1 frees one
}

func newPlanned() *planned {
	return &planned{names: map[string]bool{}, seats: map[string]map[string]int{}}
}

// creates announces a thing that this plan is going to create.
func (p *planned) creates(kind, name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.names[kind+"\x00"+strings.ToLower(name)] = true
}

// has tells whether a thing of that name is going to be created.
func (p *planned) has(kind, name string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.names[kind+"\x00"+strings.ToLower(name)]
}

// seat announces that who takes (1) or frees (-1) a seat of a licence, and returns the balance of the plan so far. Announcing the
// same again changes nothing: Terraform may plan a resource more than once.
func (p *planned) seat(licence, who string, change int) (balance int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.seats[licence] == nil {
		p.seats[licence] = map[string]int{}
	}
	p.seats[licence][strings.ToLower(who)] = change
	for _, change := range p.seats[licence] {
		balance += change
	}
	return balance
}

// tracks notes a record that the state holds: where it is planned anew all the same, it is being replaced.
func (p *planned) tracks(id string) { p.creates("in state", id) }

// tracked tells whether the state holds a record.
func (p *planned) tracked(id string) bool { return p.has("in state", id) }

// takes tells whether this plan gives somebody a seat of a licence.
func (p *planned) takes(licence, who string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.seats[licence][strings.ToLower(who)] > 0
}
