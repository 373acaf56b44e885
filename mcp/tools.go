package mcp

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"readout/record"
	"readout/sheet"
)

// View is what every view may be asked for.
type View struct {
	AsOf    string `json:"as_of,omitempty" jsonschema:"the moment of the view, 2025-08-19 or an instant; what was published later does not count; default now"`
	Process string `json:"process,omitempty" jsonschema:"name of a dossier to which the view is limited; default the whole record"`
}

// Period is a view of a time.
type Period struct {
	View
	Since string `json:"since,omitempty" jsonschema:"beginning of the period, a day or an instant"`
	Limit int    `json:"limit,omitempty" jsonschema:"how many events at most; default 40"`
}

// lines is how many events or statements an answer has when nothing else is
// asked for: enough to work with, and no flood.
const lines = 40

func (s *server) query(v View) (record.Query, error) {
	q := record.Query{Process: v.Process, TLP: s.c.TLP}
	var err error
	q.AsOf, err = moment("as_of", v.AsOf, true)
	return q, err
}

func (s *server) period(p Period) (record.Query, error) {
	q, err := s.query(p.View)
	if err != nil {
		return q, err
	}
	q.Limit = cmp.Or(min(max(p.Limit, 0), 200), lines)
	q.Since, err = moment("since", p.Since, false)
	return q, err
}

// page makes a view's page, or gives the first of the errors.
func page[V any](v *V, err error, f func(*V) *sheet.Page) (*sheet.Page, error) {
	if err != nil {
		return nil, err
	}
	return f(v), nil
}

func (s *server) state(ctx context.Context, in View) (*sheet.Page, error) {
	q, err := s.query(in)
	if err != nil {
		return nil, err
	}
	v, err := s.c.Ledger.State(ctx, q)
	return page(v, err, sheet.State)
}

func (s *server) timeline(ctx context.Context, in Period) (*sheet.Page, error) {
	q, err := s.period(in)
	if err != nil {
		return nil, err
	}
	v, err := s.c.Ledger.Timeline(ctx, q)
	return page(v, err, sheet.Timeline)
}

func (s *server) changes(ctx context.Context, in Period) (*sheet.Page, error) {
	q, err := s.period(in)
	if err != nil {
		return nil, err
	}
	if q.Since.IsZero() {
		return nil, errors.New("since: a day is needed: changes since when?")
	}
	v, err := s.c.Ledger.Changes(ctx, q)
	return page(v, err, sheet.Changes)
}

// Statements is whose statements about what.
type Statements struct {
	Period
	By    string `json:"by,omitempty" jsonschema:"who said it: a person, body or country; default everybody"`
	About string `json:"about,omitempty" jsonschema:"words that stand in the statement, a topic, or an event's id"`
}

func (s *server) statements(ctx context.Context, in Statements) (*sheet.Page, error) {
	q, err := s.period(in.Period)
	if err != nil {
		return nil, err
	}
	v, err := s.c.Ledger.Said(ctx, q, in.By, in.About)
	return page(v, err, sheet.Said)
}

// Pair is two of whom it is asked what they had to do with each other.
type Pair struct {
	View
	A string `json:"a" jsonschema:"a person, body or country; a country means all who act for it"`
	B string `json:"b" jsonschema:"another one"`
}

func (s *server) met(ctx context.Context, in Pair) (*sheet.Page, error) {
	q, err := s.query(in.View)
	if err != nil {
		return nil, err
	}
	q.Limit = lines
	v, err := s.c.Ledger.Met(ctx, q, in.A, in.B)
	return page(v, err, sheet.Met)
}

func (s *server) issues(ctx context.Context, in View) (*sheet.Page, error) {
	q, err := s.query(in)
	if err != nil {
		return nil, err
	}
	v, err := s.c.Ledger.Issues(ctx, q)
	return page(v, err, sheet.Issues)
}

func (s *server) due(ctx context.Context, in View) (*sheet.Page, error) {
	q, err := s.query(in)
	if err != nil {
		return nil, err
	}
	v, err := s.c.Ledger.Due(ctx, q)
	return page(v, err, sheet.Due)
}

// Name is somebody.
type Name struct {
	View
	Name string `json:"name" jsonschema:"a person, body or country, in any spelling"`
}

func (s *server) actor(ctx context.Context, in Name) (*sheet.Page, error) {
	q, err := s.query(in.View)
	if err != nil {
		return nil, err
	}
	v, err := s.c.Ledger.Actor(ctx, q, in.Name)
	return page(v, err, sheet.Actor)
}

// ID is one event.
type ID struct {
	View
	Event string `json:"event" jsonschema:"the event's id, as other tools print it, or its beginning"`
}

func (s *server) evidence(ctx context.Context, in ID) (*sheet.Page, error) {
	q, err := s.query(in.View)
	if err != nil {
		return nil, err
	}
	v, err := s.c.Ledger.Event(ctx, q, in.Event)
	return page(v, err, sheet.Event)
}

// Words is what is looked for.
type Words struct {
	View
	Words string `json:"words" jsonschema:"all of these must stand in the article; a word that ends with * is a beginning"`
}

func (s *server) search(ctx context.Context, in Words) (*sheet.Page, error) {
	q, err := s.query(in.View)
	if err != nil {
		return nil, err
	}
	v, err := s.c.Ledger.Search(ctx, q, in.Words)
	return page(v, err, sheet.Search)
}

// Claim is what is to be checked.
type Claim struct {
	View
	Claim string `json:"claim" jsonschema:"one English sentence, with names and days as an article has them"`
}

// maxClaim is how many bytes a claim may have.
const maxClaim = 2000

func (s *server) claim(ctx context.Context, in Claim) (*sheet.Page, error) {
	q, err := s.query(in.View)
	if err != nil {
		return nil, err
	}
	words := strings.TrimSpace(in.Claim)
	switch {
	case words == "":
		return nil, errors.New("claim: it is empty")
	case len(words) > maxClaim:
		return nil, errors.New("claim: it is too long; one sentence is read")
	case !strings.HasSuffix(words, "."):
		words += "."
	}
	v, err := s.c.Ledger.Support(ctx, q, words, s.c.Understand)
	return page(v, err, sheet.Claim)
}

// Decide is a decision about an event or statement.
type Decide struct {
	Do    string `json:"do" jsonschema:"accept, correct or reject"`
	ID    string `json:"id" jsonschema:"the event's or statement's id"`
	Field string `json:"field,omitempty" jsonschema:"what is corrected: status, day, kind, place, participants, credibility (1 to 6), condition+, link …"`
	Value string `json:"value,omitempty" jsonschema:"what is right"`
	Why   string `json:"why" jsonschema:"why, in the person's words"`
}

func (s *server) decide(ctx context.Context, _ *mcp.CallToolRequest, in Decide) (*mcp.CallToolResult, any, error) {
	switch in.Do {
	case record.DoAccept, record.DoCorrect, record.DoReject:
	default:
		return nil, nil, errors.New("do: it is accept, correct or reject")
	}
	q := record.Query{TLP: s.c.TLP}
	d, err := s.c.Ledger.Propose(ctx, q, record.Ask{Do: in.Do, IDs: []string{in.ID}, Field: in.Field, Value: in.Value, By: s.c.By, Why: in.Why})
	if err != nil {
		return nil, nil, helpful(err)
	}
	p, err := s.c.Ledger.Preview(ctx, q, *d)
	if err != nil {
		return nil, nil, helpful(err)
	}
	if _, err := s.c.Ledger.Decide(ctx, *d); err != nil {
		return nil, nil, helpful(err)
	}
	return s.text(sheet.Preview(p))
}
