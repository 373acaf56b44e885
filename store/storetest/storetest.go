// Package storetest is the suite that every record.Store passes.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"readout/record"
	"readout/record/join"
)

// Run tests a store. Open makes an empty one; it is closed at the end of the
// test.
func Run(t *testing.T, open func(t *testing.T) record.Store) {
	for _, c := range []struct {
		name string
		f    func(*harness)
	}{
		{"entries", entries}, {"erase", erase}, {"nodes", nodes}, {"lookup", lookup}, {"count", count}, {"ended", ended}, {"pairs", pairs}, {"prefix", prefix},
		{"blocks", blocks}, {"words", words}, {"meta", meta}, {"rollback", rollback}, {"drop", drop}, {"together", together}, {"cancelled", cancelled},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := open(t)
			t.Cleanup(func() {
				if err := s.Close(); err != nil {
					t.Errorf("Close() = %v", err)
				}
			})
			c.f(&harness{t, s, t.Context()})
		})
	}
}

type harness struct {
	*testing.T
	store record.Store
	ctx   context.Context
}

func (h *harness) update(f func(record.Tx) error) {
	h.Helper()
	if err := h.store.Update(h.ctx, f); err != nil {
		h.Fatalf("Update() = %v", err)
	}
}

func (h *harness) view(f func(record.Reader) error) {
	h.Helper()
	if err := h.store.View(h.ctx, f); err != nil {
		h.Fatalf("View() = %v", err)
	}
}

func equal[T any](t *harness, what string, got, want []T) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

// at has more digits than a store keeps.
var at = time.Date(2025, 8, 19, 4, 10, 0, 123456789, time.UTC)

func entries(t *harness) {
	list := []record.Entry{
		{ID: "v1", Kind: record.KindArticle, Of: "a1", Published: at, Learnt: at, Body: []byte(`{"text":"Zürich “é” 🕊"}`)},
		{ID: "r1", Kind: record.KindReading, Of: "v1", Learnt: at, Body: []byte(strings.Repeat("x", 100_000))},
		{ID: "v2", Kind: record.KindArticle, Of: "a1", Published: time.Date(1899, 1, 2, 3, 4, 5, 0, time.UTC), Learnt: at, Body: []byte("{}")},
	}
	t.update(func(tx record.Tx) error {
		for _, e := range list {
			if added, err := tx.Append(t.ctx, e); err != nil || !added {
				t.Errorf("Append(%s) = %v, %v", e.ID, added, err)
			}
		}
		return nil
	})
	t.update(func(tx record.Tx) error { // the second time it is there
		e := list[0]
		e.Body = []byte("other")
		if added, err := tx.Append(t.ctx, e); err != nil || added {
			t.Errorf("Append again = %v, %v", added, err)
		}
		return nil
	})
	t.view(func(r record.Reader) error {
		for i, want := range list {
			got, err := r.Entry(t.ctx, want.ID)
			if err != nil {
				t.Fatal(err)
			}
			if got.Kind != want.Kind || got.Of != want.Of || string(got.Body) != string(want.Body) {
				t.Errorf("Entry(%s) = %.80v", want.ID, got)
			}
			if !got.Learnt.Equal(at.Truncate(time.Microsecond)) || !got.Published.Equal(want.Published.Truncate(time.Microsecond)) || got.Published.IsZero() != want.Published.IsZero() {
				t.Errorf("Entry(%s) has times %v and %v", want.ID, got.Published, got.Learnt)
			}
			if got.Seq <= 0 || i > 0 && got.Seq <= list[i-1].Seq {
				t.Errorf("Entry(%s).Seq = %d", want.ID, got.Seq)
			}
			list[i].Seq = got.Seq
		}
		if _, err := r.Entry(t.ctx, "none"); !errors.Is(err, record.ErrNotFound) {
			t.Errorf("Entry(none) = %v", err)
		}
		for _, c := range []struct {
			q    record.EntryQuery
			want []string
		}{
			{record.EntryQuery{}, []string{"v1", "r1", "v2"}},
			{record.EntryQuery{Limit: 2}, []string{"v1", "r1"}},
			{record.EntryQuery{After: list[0].Seq}, []string{"r1", "v2"}},
			{record.EntryQuery{Kind: record.KindArticle}, []string{"v1", "v2"}},
			{record.EntryQuery{Kind: record.KindArticle, Of: "a1", After: list[0].Seq}, []string{"v2"}},
			{record.EntryQuery{Kind: record.KindReading, Of: "v2"}, nil},
			{record.EntryQuery{Kind: record.KindArticle, OfAny: []string{"a2", "a1", "a1"}}, []string{"v1", "v2"}},
			{record.EntryQuery{Kind: record.KindArticle, OfAny: []string{"a1"}, After: list[0].Seq}, []string{"v2"}},
			{record.EntryQuery{Kind: record.KindArticle, OfAny: []string{"a1"}, Limit: 1}, []string{"v1"}},
			{record.EntryQuery{Kind: record.KindReading, OfAny: []string{"a1", "v2"}}, nil},
		} {
			got, err := r.Entries(t.ctx, c.q)
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, e := range got {
				ids = append(ids, e.ID)
			}
			equal(t, fmt.Sprintf("Entries(%+v)", c.q), ids, c.want)
		}
		for kind, want := range map[string]int64{"": list[2].Seq, record.KindReading: list[1].Seq, record.KindPurge: 0} {
			if got, err := r.Last(t.ctx, kind); got != want || err != nil {
				t.Errorf("Last(%q) = %d, %v, want %d", kind, got, err, want)
			}
		}
		return nil
	})
}

func erase(t *harness) {
	t.update(func(tx record.Tx) error {
		_, err := tx.Append(t.ctx, record.Entry{ID: "v1", Kind: record.KindArticle, Of: "a1", Learnt: at, Body: []byte("secret")})
		return err
	})
	t.update(func(tx record.Tx) error {
		if err := tx.Erase(t.ctx, "none"); !errors.Is(err, record.ErrNotFound) {
			t.Errorf("Erase(none) = %v", err)
		}
		return tx.Erase(t.ctx, "v1")
	})
	t.view(func(r record.Reader) error {
		if e, err := r.Entry(t.ctx, "v1"); err != nil || len(e.Body) != 0 {
			t.Errorf("Entry after Erase = %q, %v", e.Body, err)
		}
		return nil
	})
}

func node(id, of string, keys ...join.Key) record.Node {
	return record.Node{ID: id, Of: of, From: at, Body: []byte(`{"id":"` + id + `"}`), Keys: keys}
}

func nodes(t *harness) {
	t.update(func(tx record.Tx) error {
		return tx.PutNodes(t.ctx, []record.Node{node("e2", "v1"), node("e1", "v1"), node("E1", "v1"), node("é", "v2")})
	})
	t.view(func(r record.Reader) error {
		got, err := r.Nodes(t.ctx, []string{"é", "e2", "none", "e1", "e2", "E1"})
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, n := range got {
			ids = append(ids, n.ID)
			if !n.From.Equal(at.Truncate(time.Microsecond)) || !n.Until.IsZero() || string(n.Body) != `{"id":"`+n.ID+`"}` {
				t.Errorf("Nodes: %+v", n)
			}
		}
		equal(t, "Nodes", ids, []string{"E1", "e1", "e2", "é"}) // byte by byte
		of, err := r.NodesOf(t.ctx, "v1")
		equal(t, "NodesOf", of, []string{"E1", "e1", "e2"})
		return err
	})
	until := at.Add(time.Hour)
	t.update(func(tx record.Tx) error { return tx.SetUntil(t.ctx, []string{"e1", "none"}, until) })
	t.view(func(r record.Reader) error {
		got, err := r.Nodes(t.ctx, []string{"e1"})
		if err != nil || len(got) != 1 || !got[0].Until.Equal(until.Truncate(time.Microsecond)) {
			t.Errorf("after SetUntil: %v, %v", got, err)
		}
		return nil
	})
	t.update(func(tx record.Tx) error { return tx.SetUntil(t.ctx, []string{"e1"}, time.Time{}) })
	t.view(func(r record.Reader) error {
		if got, err := r.Nodes(t.ctx, []string{"e1"}); err != nil || !got[0].Until.IsZero() {
			t.Errorf("after SetUntil to none: %v, %v", got, err)
		}
		return nil
	})
}

func lookup(t *harness) {
	t.update(func(tx record.Tx) error {
		return tx.PutNodes(t.ctx, []record.Node{
			node("e1", "v1", join.Key{Block: "x", Day: 10}, join.Key{Block: "y", Day: 0}),
			node("e2", "v1", join.Key{Block: "x", Day: 12}, join.Key{Block: "x", Day: 11}),
			node("e3", "v1", join.Key{Block: "X", Day: 10}),
		})
	})
	check := func(want []string, ranges ...join.Range) {
		t.Helper()
		t.view(func(r record.Reader) error {
			got, err := r.Lookup(t.ctx, ranges)
			equal(t, fmt.Sprint("Lookup ", ranges), got, want)
			return err
		})
	}
	check([]string{"e1"}, join.Range{Block: "x", From: 0, To: 10})
	check([]string{"e1", "e2"}, join.Range{Block: "x", From: 10, To: 12}, join.Range{Block: "y", From: 0, To: 0})
	check([]string{"e3"}, join.Range{Block: "X", From: 1, To: 100})
	check(nil, join.Range{Block: "none", From: 0, To: 100})
	check(nil)
	t.view(func(r record.Reader) error {
		got, err := r.LookupEach(t.ctx, [][]join.Range{{{Block: "x", From: 12, To: 12}}, nil, {{Block: "x", From: 10, To: 11}, {Block: "y", From: 0, To: 9}}})
		equal(t, "LookupEach", got, [][]string{{"e2"}, nil, {"e1", "e2"}})
		return err
	})
	// A node that is put again has its new keys only.
	t.update(func(tx record.Tx) error {
		return tx.PutNodes(t.ctx, []record.Node{node("e1", "v1", join.Key{Block: "z", Day: 1})})
	})
	check(nil, join.Range{Block: "y", From: 0, To: 0})
	check([]string{"e1"}, join.Range{Block: "z", From: 1, To: 1})
}

func count(t *harness) {
	t.update(func(tx record.Tx) error {
		return tx.PutNodes(t.ctx, []record.Node{
			node("e1", "v1", join.Key{Block: "x", Day: 10}, join.Key{Block: "x", Day: 0}),
			node("e2", "v1", join.Key{Block: "x", Day: 12}, join.Key{Block: "x", Day: 11}),
			node("e3", "v1", join.Key{Block: "x", Day: 12}),
			node("e4", "v1", join.Key{Block: "X", Day: 12}),
		})
	})
	for _, c := range []struct {
		r join.Range
		// How many, and the days of the first, second and fourth, from either end.
		n    int
		last [3]int
		from [3]int
	}{
		{join.Range{Block: "x", From: 1, To: 100}, 4, [3]int{12, 12, 10}, [3]int{10, 11, 12}},
		{join.Range{Block: "x", From: 0, To: 11}, 3, [3]int{11, 10, 0}, [3]int{0, 10, 0}},
		{join.Range{Block: "x", From: 13, To: 100}, 0, [3]int{}, [3]int{}},
		{join.Range{Block: "none", From: 0, To: 100}, 0, [3]int{}, [3]int{}},
	} {
		t.view(func(r record.Reader) error {
			n, err := r.Count(t.ctx, c.r)
			if n != c.n || err != nil {
				t.Errorf("Count(%v) = %d, %v, want %d", c.r, n, err, c.n)
			}
			for i, nth := range [3]int{1, 2, 4} {
				if day, err := r.Nth(t.ctx, c.r, nth); day != c.last[i] || err != nil {
					t.Errorf("Nth(%v, %d) = %d, %v, want %d", c.r, nth, day, err, c.last[i])
				}
				if day, err := r.Nth(t.ctx, c.r, -nth); day != c.from[i] || err != nil {
					t.Errorf("Nth(%v, %d) = %d, %v, want %d", c.r, -nth, day, err, c.from[i])
				}
			}
			return nil
		})
	}
}

func ended(t *harness) {
	day := func(n int) time.Time { return time.Date(2024, 1, n, 0, 0, 0, 0, time.UTC) }
	var list []record.Node
	for i, n := range []struct{ from, until int }{{1, 0}, {2, 5}, {3, 7}, {4, 6}} {
		v := node(fmt.Sprint("v", i), fmt.Sprint("v", i))
		v.From = day(n.from)
		if n.until > 0 {
			v.Until = day(n.until)
		}
		e := node(fmt.Sprint("e", i), v.ID) // only versions count
		e.From, e.Until = v.From, v.Until
		list = append(list, v, e)
	}
	t.update(func(tx record.Tx) error { return tx.PutNodes(t.ctx, list) })
	for _, c := range []struct{ since, at, want int }{{1, 4, 0}, {1, 5, 1}, {1, 6, 2}, {1, 30, 3}, {3, 30, 2}, {4, 6, 1}, {5, 30, 0}} {
		t.view(func(r record.Reader) error {
			n, err := r.Ended(t.ctx, day(c.since), day(c.at))
			if n != c.want || err != nil {
				t.Errorf("Ended(since %d, at %d) = %d, %v, want %d", c.since, c.at, n, err, c.want)
			}
			return err
		})
	}
}

func pairs(t *harness) {
	list := []record.Pair{{A: "e1", B: "e2", Kind: join.Same, Score: 5, Why: "same day"}, {A: "e2", B: "e1", Kind: join.Nearest, Score: -1}, {A: "e2", B: "e3", Kind: join.Nearest}}
	t.update(func(tx record.Tx) error {
		if err := tx.PutNodes(t.ctx, []record.Node{node("e1", "v1"), node("e2", "v2"), node("e3", "v3")}); err != nil {
			return err
		}
		for range 2 {
			if err := tx.PutPairs(t.ctx, list); err != nil {
				return err
			}
		}
		return nil
	})
	t.view(func(r record.Reader) error {
		for _, c := range []struct {
			ids  []string
			want []record.Pair
		}{
			{[]string{"e1"}, list[:2]}, {[]string{"e3"}, list[2:]}, {[]string{"e3", "e1", "e3", "none"}, list}, {nil, nil},
		} {
			got, err := r.Pairs(t.ctx, c.ids)
			if err != nil {
				t.Fatal(err)
			}
			equal(t, fmt.Sprint("Pairs ", c.ids), got, c.want)
		}
		return nil
	})
}

func prefix(t *harness) {
	t.update(func(tx record.Tx) error {
		return tx.PutNodes(t.ctx, []record.Node{node("eab1", "v1"), node("eab2", "v1"), node("eac", "v1"), node("s", "v1")})
	})
	t.view(func(r record.Reader) error {
		for _, c := range []struct {
			prefix string
			limit  int
			want   []string
		}{{"eab", 9, []string{"eab1", "eab2"}}, {"ea", 2, []string{"eab1", "eab2"}}, {"eac", 9, []string{"eac"}}, {"x", 9, nil}} {
			got, err := r.Prefix(t.ctx, c.prefix, c.limit)
			if err != nil {
				t.Fatal(err)
			}
			equal(t, "Prefix "+c.prefix, got, c.want)
		}
		return nil
	})
}

func blocks(t *harness) {
	t.update(func(tx record.Tx) error {
		return tx.PutNodes(t.ctx, []record.Node{
			node("e1", "v1", join.Key{Block: "n|kim|a"}, join.Key{Block: "n|kim|b"}), node("e2", "v1", join.Key{Block: "n|kim|b"}), node("e3", "v1", join.Key{Block: "n|kin"}),
		})
	})
	t.view(func(r record.Reader) error {
		got, err := r.Blocks(t.ctx, "n|kim|")
		equal(t, "Blocks", got, []record.Count{{Name: "n|kim|a", N: 1}, {Name: "n|kim|b", N: 2}})
		return err
	})
}

func words(t *harness) {
	t.update(func(tx record.Tx) error {
		if err := tx.PutNodes(t.ctx, []record.Node{node("v1", "v1"), node("v2", "v2")}); err != nil {
			return err
		}
		if err := tx.PutWords(t.ctx, "none", "", "a ceasefire"); err != nil {
			return err
		}
		if err := tx.PutWords(t.ctx, "v1", "Ceasefire", "The ministers met in Zürich. A ceasefire “holds”."); err != nil {
			return err
		}
		return tx.PutWords(t.ctx, "v2", "", "The ceasefire ended before the ministers met again in Geneva, and they left without any word on the matter at all.")
	})
	check := func(want []string, limit int, words ...string) {
		t.Helper()
		t.view(func(r record.Reader) error {
			got, err := r.Search(t.ctx, words, limit)
			equal(t, fmt.Sprint("Search ", words), got, want)
			if err != nil {
				return err
			}
			n, err := r.Matches(t.ctx, words, limit)
			equal(t, fmt.Sprint("Matches ", words), []int{n}, []int{len(want)})
			if err != nil {
				return err
			}
			got, err = r.Having(t.ctx, words, []string{"v2", "none", "v2"})
			var has []string
			if limit > 1 && slices.Contains(want, "v2") {
				has = []string{"v2"}
			}
			if limit > 1 {
				equal(t, fmt.Sprint("Having ", words), got, has)
			}
			return err
		})
	}
	check([]string{"v1", "v2"}, 9, "ceasefire")
	check([]string{"v1"}, 1, "ceasefire")
	check([]string{"v1"}, 9, "CEASEFIRE", "zurich")
	check([]string{"v2"}, 9, "gene*")
	check(nil, 9, "ceasefire", "lima")
	check(nil, 9, `" OR text:*`)
	check(nil, 9)
	t.update(func(tx record.Tx) error { return tx.DropNodes(t.ctx, []string{"v1"}) })
	check([]string{"v2"}, 9, "ceasefire")
}

func meta(t *harness) {
	t.view(func(r record.Reader) error {
		if v, err := r.Meta(t.ctx, "x"); v != "" || err != nil {
			t.Errorf("Meta = %q, %v", v, err)
		}
		return nil
	})
	for _, want := range []string{"1", "", "2"} {
		t.update(func(tx record.Tx) error { return tx.SetMeta(t.ctx, "x", want) })
		t.view(func(r record.Reader) error {
			if v, err := r.Meta(t.ctx, "x"); v != want || err != nil {
				t.Errorf("Meta = %q, %v", v, err)
			}
			return nil
		})
	}
	for _, name := range []string{"s/b", "s/é", "s", "s/a", "t/a"} {
		t.update(func(tx record.Tx) error { return tx.SetMeta(t.ctx, name, name) })
	}
	t.view(func(r record.Reader) error {
		if v, err := r.Metas(t.ctx, "s/"); !slices.Equal(v, []string{"s/a", "s/b", "s/é"}) || err != nil {
			t.Errorf("Metas = %q, %v", v, err)
		}
		return nil
	})
}

// contents is all that a store holds, as text.
func contents(t *harness) string {
	t.Helper()
	var b strings.Builder
	t.view(func(r record.Reader) error {
		list, err := r.Entries(t.ctx, record.EntryQuery{})
		if err != nil {
			return err
		}
		for _, e := range list {
			fmt.Fprintf(&b, "%s %q\n", e.ID, e.Body)
		}
		ids, err := r.Prefix(t.ctx, "", 1000)
		if err != nil {
			return err
		}
		ns, err := r.Nodes(t.ctx, ids)
		if err != nil {
			return err
		}
		fmt.Fprintln(&b, ns)
		ps, err := r.Pairs(t.ctx, ids)
		if err != nil {
			return err
		}
		bs, err := r.Blocks(t.ctx, "")
		if err != nil {
			return err
		}
		m, err := r.Meta(t.ctx, "x")
		if err != nil {
			return err
		}
		s, err := r.Search(t.ctx, []string{"word"}, 9)
		fmt.Fprintln(&b, ps, bs, m, s)
		return err
	})
	return b.String()
}

func fill(t *harness) func(record.Tx) error {
	return func(tx record.Tx) error {
		if _, err := tx.Append(t.ctx, record.Entry{ID: "v1", Kind: record.KindArticle, Of: "a1", Learnt: at, Body: []byte("b")}); err != nil {
			return err
		}
		if err := tx.PutNodes(t.ctx, []record.Node{node("v1", "v1", join.Key{Block: "x", Day: 1}), node("e1", "v1", join.Key{Block: "x", Day: 2})}); err != nil {
			return err
		}
		if err := tx.PutPairs(t.ctx, []record.Pair{{A: "e1", B: "v1", Kind: join.Same}}); err != nil {
			return err
		}
		return errors.Join(tx.PutWords(t.ctx, "v1", "", "a word"), tx.SetMeta(t.ctx, "x", "1"))
	}
}

func rollback(t *harness) {
	t.update(fill(t))
	before := contents(t)
	stop := errors.New("stop")
	for name, f := range map[string]func(record.Tx) error{
		"append": func(tx record.Tx) error {
			_, err := tx.Append(t.ctx, record.Entry{ID: "v2", Kind: record.KindArticle, Of: "a2", Learnt: at})
			return err
		},
		"erase": func(tx record.Tx) error { return tx.Erase(t.ctx, "v1") },
		"nodes": func(tx record.Tx) error {
			return tx.PutNodes(t.ctx, []record.Node{node("e1", "v1", join.Key{Block: "y"}), node("e2", "v1")})
		},
		"until": func(tx record.Tx) error { return tx.SetUntil(t.ctx, []string{"e1"}, at) },
		"pairs": func(tx record.Tx) error {
			return tx.PutPairs(t.ctx, []record.Pair{{A: "v1", B: "e1", Kind: join.Nearest}})
		},
		"drop":  func(tx record.Tx) error { return tx.DropNodes(t.ctx, []string{"v1", "e1"}) },
		"index": func(tx record.Tx) error { return tx.DropIndex(t.ctx) },
		"words": func(tx record.Tx) error { return tx.PutWords(t.ctx, "v1", "", "other") },
		"meta":  func(tx record.Tx) error { return tx.SetMeta(t.ctx, "x", "2") },
	} {
		err := t.store.Update(t.ctx, func(tx record.Tx) error {
			if err := f(tx); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			return stop
		})
		if !errors.Is(err, stop) {
			t.Errorf("%s: Update() = %v", name, err)
		}
		if after := contents(t); after != before {
			t.Errorf("%s: after an error the store holds\n%s\nwant\n%s", name, after, before)
		}
	}
}

func drop(t *harness) {
	empty := contents(t)
	t.update(fill(t))
	t.update(func(tx record.Tx) error { return tx.DropNodes(t.ctx, []string{"e1", "none", "e1"}) })
	t.view(func(r record.Reader) error {
		ids, err := r.Prefix(t.ctx, "", 9)
		equal(t, "Prefix", ids, []string{"v1"})
		if err != nil {
			return err
		}
		ps, err := r.Pairs(t.ctx, []string{"v1"})
		equal(t, "Pairs", ps, nil)
		return err
	})
	t.update(func(tx record.Tx) error { return tx.DropIndex(t.ctx) })
	t.view(func(r record.Reader) error {
		got, err := r.Entries(t.ctx, record.EntryQuery{})
		if len(got) != 1 {
			t.Errorf("DropIndex left %d entries, want 1", len(got))
		}
		return err
	})
	if after := contents(t); !strings.HasSuffix(after, "[] [] 1 []\n") {
		t.Errorf("DropIndex left\n%s\n(empty: %s)", after, empty)
	}
}

// together: writers take turns, and a reader sees all of a transaction or none.
func together(t *harness) {
	var wg sync.WaitGroup
	const writers, each = 4, 25
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				err := t.store.Update(t.ctx, func(tx record.Tx) error {
					have, err := tx.Lookup(t.ctx, []join.Range{{Block: "all", From: 0, To: 1}})
					if err != nil {
						return err
					}
					for part := range 2 {
						id := fmt.Sprintf("e-%d-%d-%d", w, i, part)
						if err := tx.PutNodes(t.ctx, []record.Node{node(id, "v", join.Key{Block: "all"})}); err != nil {
							return err
						}
					}
					return tx.SetMeta(t.ctx, "count", fmt.Sprint(len(have)+2))
				})
				if err != nil {
					t.Errorf("Update() = %v", err)
				}
			}
		})
	}
	for range 4 {
		wg.Go(func() {
			for range each {
				t.view(func(r record.Reader) error {
					first, err := r.Meta(t.ctx, "count")
					if err != nil {
						return err
					}
					have, err := r.Lookup(t.ctx, []join.Range{{Block: "all", From: 0, To: 1}})
					if err != nil {
						return err
					}
					if first == "" {
						first = "0"
					}
					if fmt.Sprint(len(have)) != first {
						t.Errorf("a view has %d nodes and the count %s", len(have), first)
					}
					return nil
				})
			}
		})
	}
	wg.Wait()
	t.view(func(r record.Reader) error {
		have, err := r.Lookup(t.ctx, []join.Range{{Block: "all", From: 0, To: 1}})
		if len(have) != 2*writers*each || !slices.IsSorted(have) {
			t.Errorf("%d nodes, want %d", len(have), 2*writers*each)
		}
		return err
	})
}

func cancelled(t *harness) {
	ctx, cancel := context.WithCancel(t.ctx)
	cancel()
	err := t.store.Update(ctx, func(tx record.Tx) error { return tx.SetMeta(ctx, "x", "1") })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Update() with a cancelled context = %v", err)
	}
}
