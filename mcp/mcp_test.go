package mcp_test

import (
	"context"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"readout/eval/corpus"
	"readout/mcp"
	"readout/record"
)

// small is a record of some generated articles, and the id of an event in it.
func small(t *testing.T) (*record.Ledger, string) {
	t.Helper()
	l, err := record.Open(t.Context(), record.Config{Store: record.NewMemory(), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	all, err := corpus.Articles(corpus.Config{Seed: 6})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for a := range all {
		if n++; n > 60 {
			break
		}
		ra := record.Article{Text: a.Text, Key: a.Key, Title: a.Title, Outlet: a.Outlet, URL: a.URL, Published: a.Published, Modified: a.Modified}
		if _, err := l.Add(t.Context(), &ra, a.Reading()); err != nil {
			t.Fatal(err)
		}
	}
	v, err := l.Timeline(t.Context(), record.Query{})
	if err != nil || len(v.Events) == 0 {
		t.Fatalf("%v, %v", v, err)
	}
	return l, v.Events[0].ID
}

func connect(t *testing.T, c mcp.Config) *sdk.ClientSession {
	t.Helper()
	srv := httptest.NewServer(mcp.NewHandler(c))
	t.Cleanup(srv.Close)
	s, err := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), &sdk.StreamableClientTransport{Endpoint: srv.URL}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func call(t *testing.T, s *sdk.ClientSession, tool string, args map[string]any) (text string, failed bool) {
	t.Helper()
	res, err := s.CallTool(t.Context(), &sdk.CallToolParams{Name: tool, Arguments: args})
	if err != nil {
		return err.Error(), true
	}
	for _, c := range res.Content {
		if x, ok := c.(*sdk.TextContent); ok {
			text += x.Text
		}
	}
	return text, res.IsError
}

// TestTools: every tool answers, over HTTP, with words, sources and permalinks,
// and what cannot be answered says what to do.
func TestTools(t *testing.T) {
	l, event := small(t)
	s := connect(t, mcp.Config{Ledger: l, Base: "https://readout.example/"})
	for _, c := range []struct {
		tool   string
		args   map[string]any
		want   string
		failed bool
	}{
		{"state_of_play", map[string]any{"as_of": "2015-01-07"}, "What happened", false},
		{"timeline", map[string]any{"limit": 5}, "](https://readout.example/event/e", false},
		{"changes", map[string]any{"since": "2015-01-05", "as_of": "2015-01-07"}, "# ", false},
		{"changes", nil, "changes since when", true},
		{"statements", map[string]any{"limit": 3}, "](https://readout.example/statement/s", false},
		{"issues", nil, "Who stands where", false},
		{"due", nil, "# ", false},
		{"evidence", map[string]any{"event": event}, "“", false},
		{"evidence", map[string]any{"event": "e000000000000000"}, "not in the record", true},
		{"search", map[string]any{"words": "the"}, "# ", false},
		{"actor", map[string]any{"name": "Nobody at All"}, "another spelling", true},
		{"met", map[string]any{"a": "Nobody"}, "", true},
		{"timeline", map[string]any{"as_of": "soon"}, "is no day", true},
		{"decide", map[string]any{"do": "reject", "id": event, "why": "x"}, "unknown tool", true},
	} {
		text, failed := call(t, s, c.tool, c.args)
		if failed != c.failed || !strings.Contains(text, c.want) {
			t.Errorf("%s %v: failed %v, want %v and %q:\n%.600s", c.tool, c.args, failed, c.failed, c.want, text)
		}
	}
	list, err := s.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range list.Tools {
		if x.Annotations == nil || !x.Annotations.ReadOnlyHint {
			t.Errorf("the tool %s is not marked as one that only reads", x.Name)
		}
	}
}

// TestWrite: with Write a correction goes into the record in a person's name, and
// the tool is marked as one that writes.
func TestWrite(t *testing.T) {
	l, event := small(t)
	s := connect(t, mcp.Config{Ledger: l, Write: true, By: "ana"})
	if text, failed := call(t, s, "decide", map[string]any{"do": "reject", "id": event, "why": "a caption"}); failed {
		t.Fatalf("decide: %s", text)
	}
	log, err := l.Decisions(t.Context(), record.Query{})
	if err != nil || len(log.Decisions) != 1 || log.Decisions[0].By != "ana" || log.Decisions[0].Why != "a caption" {
		t.Errorf("Decisions() = %+v, %v", log, err)
	}
	if text, failed := call(t, s, "decide", map[string]any{"do": "merge", "id": event, "why": "x"}); !failed || !strings.Contains(text, "accept, correct or reject") {
		t.Errorf("decide merge: %v, %s", failed, text)
	}
	list, err := s.ListTools(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if i := slices.IndexFunc(list.Tools, func(x *sdk.Tool) bool { return x.Name == "decide" }); i < 0 || list.Tools[i].Annotations.ReadOnlyHint {
		t.Error("the tool decide is not there, or is marked as one that only reads")
	}
}
