package record_test

import (
	"errors"
	"math/rand/v2"
	"testing"

	"readout/record"
)

// TestTogether: articles that are added together, some of them twice and some
// versions of others, give the record that they give one by one.
func TestTogether(t *testing.T) {
	list := versions(generate(80, 7))
	one := openMemory(t)
	add(t, one, list...)
	want := canonical(t, one)
	distinct := map[string]bool{}
	for i := range list {
		a, _ := list[i].article(t)
		distinct[a.Version()] = true
	}
	for seed := range uint64(6) {
		rng := rand.New(rand.NewPCG(seed, 5))
		mixed := append([]told(nil), list...)
		for range 20 {
			mixed = append(mixed, list[rng.IntN(len(list))])
		}
		rng.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		l := openMemory(t)
		fresh := 0
		for len(mixed) > 0 {
			n := min(1+rng.IntN(40), len(mixed))
			var batch []record.Addition
			for i := range n {
				a, r := mixed[i].article(t)
				batch = append(batch, record.Addition{Article: a, Reading: r})
			}
			mixed = mixed[n:]
			got, err := l.AddAll(t.Context(), batch)
			if err != nil {
				t.Fatal(err)
			}
			for i := range got {
				if got[i].Version != batch[i].Article.Version() || got[i].Err != nil {
					t.Errorf("AddAll() = %+v of %s", got[i], batch[i].Article.Version())
				}
				if got[i].New {
					fresh++
				}
			}
		}
		if fresh != len(distinct) {
			t.Errorf("%d articles were new, want %d", fresh, len(distinct))
		}
		if got := canonical(t, l); got != want {
			t.Fatalf("batches %d give another record:\n%s", seed, firstDifference(got, want))
		}
		if c, err := l.Check(t.Context()); err != nil || len(c.Wrong) > 0 {
			t.Fatalf("batches %d: Check() = %+v, %v", seed, c, err)
		}
	}
}

// TestTogetherPurged: one that is not to come back does not keep the others out.
func TestTogetherPurged(t *testing.T) {
	list := generate(12, 3)
	l := openMemory(t)
	add(t, l, list[0])
	gone, _ := list[0].article(t)
	if _, err := l.Purge(t.Context(), gone.ID(), "it is asked for", "jane"); err != nil {
		t.Fatal(err)
	}
	var batch []record.Addition
	for i := range list {
		a, r := list[i].article(t)
		batch = append(batch, record.Addition{Article: a, Reading: r})
	}
	got, err := l.AddAll(t.Context(), batch)
	if err != nil {
		t.Fatal(err)
	}
	for i := range got {
		purged := got[i].Article == gone.ID()
		if errors.Is(got[i].Err, record.ErrPurged) != purged || got[i].New && purged {
			t.Errorf("AddAll()[%d] = %+v, purged %v", i, got[i], purged)
		}
	}
	if c, err := l.Check(t.Context()); err != nil || len(c.Wrong) > 0 {
		t.Fatalf("Check() = %+v, %v", c, err)
	}
}
