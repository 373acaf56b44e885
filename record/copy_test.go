package record_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"readout/record"
)

// TestCopyFrom: a record that is copied, stopped and copied on again and again is
// the same record, and takes over what was purged and what came since.
func TestCopyFrom(t *testing.T) {
	list := versions(generate(700, 21))
	src := openMemory(t)
	add(t, src, list[:len(list)-5]...)
	a, _ := list[3].article(t)
	if _, err := src.Decide(t.Context(), record.Decision{Do: record.DoMark, At: []record.Anchor{{Article: a.ID()}}, Value: "amber", By: "me", When: time.Unix(1e9, 0)}); err != nil {
		t.Fatal(err)
	}
	dst := openMemory(t)
	stops := 0
	for {
		ctx, cancel := context.WithCancel(t.Context())
		steps := 0
		_, err := dst.CopyFrom(ctx, src, record.CopyConfig{Progress: func(record.CopyStep, int) {
			if steps++; steps == 2 && stops < 8 {
				cancel()
			}
		}})
		cancel()
		if err == nil {
			break
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		stops++
	}
	if stops < 3 {
		t.Errorf("copying was stopped %d times only", stops)
	}
	same := func() {
		t.Helper()
		if got, want := canonical(t, dst), canonical(t, src); got != want {
			t.Fatalf("the copy is another record:\n%s", firstDifference(got, want))
		}
		if c, err := dst.Check(t.Context()); err != nil || len(c.Wrong) > 0 {
			t.Errorf("Check() = %+v, %v", c, err)
		}
	}
	same()

	if _, err := src.Purge(t.Context(), a.ID(), "by order", "me"); err != nil {
		t.Fatal(err)
	}
	add(t, src, list[len(list)-5:]...)
	got, err := dst.CopyFrom(t.Context(), src, record.CopyConfig{})
	if err != nil {
		t.Fatal(err)
	}
	if got.Added != 9 { // four new articles, their readings, a tombstone
		t.Errorf("the second copy added %d entries, want 9", got.Added)
	}
	same()

	if _, err := openWith(t, list[:1]).CopyFrom(t.Context(), src, record.CopyConfig{}); !errors.Is(err, record.ErrNotEmpty) {
		t.Errorf("CopyFrom over another record = %v", err)
	}
	if _, err := openWith(t, list[:1]).CopyFrom(t.Context(), src, record.CopyConfig{Merge: true}); err != nil {
		t.Errorf("CopyFrom with Merge = %v", err)
	}
}

func openWith(t *testing.T, list []told) *record.Ledger {
	l := openMemory(t)
	add(t, l, list...)
	return l
}
