package record_test

import (
	"context"
	"errors"
	"sync"
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

// TestCopySettings: what programs keep comes along, and what was changed here
// since is not overwritten.
func TestCopySettings(t *testing.T) {
	src, dst := openMemory(t), openMemory(t)
	for _, c := range []struct {
		name                 string
		src, dst, after      string
		srcOther, wantsOther string
	}{
		{"first", "1", "", "1", "x", "x"},
		{"changed there", "2", "", "2", "x", "x"},
		{"changed here", "3", "own", "own", "y", "y"},
		{"changed here, later", "4", "", "own", "y", "y"},
	} {
		set := func(l *record.Ledger, name, value string) {
			if value == "" {
				return
			}
			if err := l.SetSetting(t.Context(), name, value); err != nil {
				t.Fatal(err)
			}
		}
		set(src, "accounts", c.src)
		set(src, "other", c.srcOther)
		set(dst, "accounts", c.dst)
		if _, err := dst.CopyFrom(t.Context(), src, record.CopyConfig{}); err != nil {
			t.Fatal(err)
		}
		for name, want := range map[string]string{"accounts": c.after, "other": c.wantsOther} {
			if got, err := dst.Setting(t.Context(), name); got != want || err != nil {
				t.Errorf("%s: %s = %q, %v, want %q", c.name, name, got, err, want)
			}
		}
	}
}

// TestChangeSetting: of many who change a setting at once, none loses anything.
func TestChangeSetting(t *testing.T) {
	l := openMemory(t)
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			if err := l.ChangeSetting(t.Context(), "n", func(v string) (string, error) { return v + "x", nil }); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	stop := errors.New("stop")
	if err := l.ChangeSetting(t.Context(), "n", func(string) (string, error) { return "", stop }); !errors.Is(err, stop) {
		t.Errorf("ChangeSetting = %v", err)
	}
	if v, err := l.Setting(t.Context(), "n"); len(v) != 50 || err != nil {
		t.Errorf("%d of 50 changes are there, %v", len(v), err)
	}
}
