// Package mcp lets language models ask a record, by the Model Context Protocol
// (https://modelcontextprotocol.io, revisions to 2026-07-28).
//
// Every tool answers with a page of Markdown as people get it: what the record
// says, the words it rests on, who published them and when, and permalinks to the
// pages of a server. Nothing can be written unless Config.Write says so.
package mcp

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"readout/record"
	"readout/sheet"
)

// Config is what a Server answers from.
type Config struct {
	Ledger *record.Ledger
	// Understand reads the words of a claim; nil leaves the tool check_claim out.
	Understand record.Understand
	// Base is the address of the pages, for permalinks; "" gives ids alone.
	Base string
	// TLP is the strictest marking of articles that are looked at; 0 means clear.
	TLP record.TLP
	// Write lets the tool decide put decisions of By into the record.
	Write bool
	By    string
	// Version is the program's.
	Version string
	Log     *slog.Logger // nil is silent
}

// instructions tell a model how to use what it is given.
const instructions = `Readout keeps a sourced record of diplomatic processes, made from news text.
Quote the words given with each line, and give their source and permalink; do not
say more than they do. "planned", "proposed", "possible" and "conditional" have not
happened. "disputed" means that parties contradict each other: give both. "no
statement found" is about the articles in the record, not about the party.
Start with state_of_play; use evidence for one event before you rely on it.`

type server struct {
	c Config
}

// NewServer makes a server with all tools.
func NewServer(c Config) *mcp.Server {
	if c.TLP == 0 {
		c.TLP = record.TLPClear
	}
	s := &server{c}
	m := mcp.NewServer(&mcp.Implementation{Name: "readout", Title: "Readout: a record of diplomacy", Version: c.Version}, &mcp.ServerOptions{Instructions: instructions, Logger: c.Log})
	add(s, m, "state_of_play", "What happened last, what is planned and what it waits for, what is disputed or overdue, and who stands where.", s.state)
	add(s, m, "timeline", "Events by their day, with status. For a period, or the last ones.", s.timeline)
	add(s, m, "changes", "What changed since a day: new events, statuses, dates, confirmations, denials, positions.", s.changes)
	add(s, m, "statements", "What somebody said, or everybody, about something: each statement once, with all who report it.", s.statements)
	add(s, m, "met", "Meetings, calls, talks and visits of two people, bodies or countries, held and planned.", s.met)
	add(s, m, "issues", "The board of issues by parties: each party's stance with the words behind it.", s.issues)
	add(s, m, "due", "Deadlines and promises, and what became of them.", s.due)
	add(s, m, "actor", "One person, body or country: roles, events, statements, positions.", s.actor)
	add(s, m, "evidence", "All that the record has on one event: status and why, every claim with its words and source, contradictions, what it is tied to.", s.evidence)
	add(s, m, "search", "Articles that have all of some words, with the sentences.", s.search)
	if c.Understand != nil {
		add(s, m, "check_claim", "Passages that support a claim, contradict it, or come near without addressing it.", s.claim)
	}
	if c.Write {
		mcp.AddTool(m, &mcp.Tool{Name: "decide", Description: "Put a correction into the record, in the name of the person this server runs for. It can be undone. " +
			"Ask that person first.", Annotations: &mcp.ToolAnnotations{DestructiveHint: new(bool), IdempotentHint: true, OpenWorldHint: new(bool)}}, s.decide)
	}
	return m
}

// NewHandler serves the protocol over streamable HTTP.
func NewHandler(c Config) http.Handler {
	m := NewServer(c)
	return mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return m }, &mcp.StreamableHTTPOptions{Stateless: true, Logger: c.Log})
}

// Run serves the protocol on standard input and output until the client leaves or
// the context ends.
func Run(ctx context.Context, c Config) error {
	err := NewServer(c).Run(ctx, &mcp.StdioTransport{})
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// add adds a tool that only reads.
func add[In any](s *server, m *mcp.Server, name, description string, f func(context.Context, In) (*sheet.Page, error)) {
	local := false
	t := &mcp.Tool{Name: name, Description: description, Annotations: &mcp.ToolAnnotations{ReadOnlyHint: true, OpenWorldHint: &local}}
	mcp.AddTool(m, t, func(ctx context.Context, _ *mcp.CallToolRequest, in In) (*mcp.CallToolResult, any, error) {
		p, err := f(ctx, in)
		if err != nil {
			return nil, nil, helpful(err)
		}
		return s.text(p)
	})
}

// text is a page as a tool's answer.
func (s *server) text(p *sheet.Page) (*mcp.CallToolResult, any, error) {
	var b strings.Builder
	if err := p.LinkedMarkdown(&b, func(id string) string { return link(s.c.Base, id) }); err != nil {
		return nil, nil, err
	}
	return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: b.String()}}}, nil, nil
}

// link is the permalink of an id, by its first letter.
func link(base, id string) string {
	if base == "" || id == "" {
		return ""
	}
	kinds := map[byte]string{'e': "event", 's': "statement", 'v': "article", 'a': "article"}
	kind, ok := kinds[id[0]]
	if !ok {
		return ""
	}
	return strings.TrimSuffix(base, "/") + "/" + kind + "/" + url.PathEscape(id)
}

// helpful says what a model can do about an error.
func helpful(err error) error {
	switch {
	case errors.Is(err, record.ErrAmbiguous):
		return fmt.Errorf("%w: ask again with one of these names", err)
	case errors.Is(err, record.ErrNotFound):
		return fmt.Errorf("%w: try another spelling, or the tool search", err)
	}
	return err
}

// moment is a day, to its end, or an instant.
func moment(name, s string, end bool) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return t, fmt.Errorf("%s: %q is no day: write 2025-08-19, or 2025-08-19T14:00:00Z", name, s)
	}
	if end {
		t = t.Add(24*time.Hour - time.Microsecond)
	}
	return t, nil
}
