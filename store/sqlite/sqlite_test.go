package sqlite_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"readout/record"
	"readout/store/sqlite"
	"readout/store/storetest"
)

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) record.Store {
		s, err := sqlite.Create(t.Context(), filepath.Join(t.TempDir(), "a b?#%.db"))
		if err != nil {
			t.Fatal(err)
		}
		return s
	})
}

func TestOpen(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	for _, c := range []struct {
		path string
		want error
	}{
		{filepath.Join(dir, "none.db"), fs.ErrNotExist},
		{dir, sqlite.ErrFormat},
		{file("text.db", "This is no database, and it is longer than the header of one, which has a hundred bytes to tell what it is."), sqlite.ErrFormat},
	} {
		if s, err := sqlite.Open(t.Context(), c.path); !errors.Is(err, c.want) {
			t.Errorf("Open(%s) = %v, %v, want %v", filepath.Base(c.path), s, err, c.want)
		}
	}
}

func TestCheckAndBackup(t *testing.T) {
	dir := t.TempDir()
	s, err := sqlite.Create(t.Context(), filepath.Join(dir, "r.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Update(t.Context(), func(tx record.Tx) error { return tx.SetMeta(t.Context(), "x", "1") }); err != nil {
		t.Fatal(err)
	}
	if err := s.Check(t.Context()); err != nil {
		t.Errorf("Check() = %v", err)
	}
	to := filepath.Join(dir, "copy.db")
	if err := s.Backup(t.Context(), to); err != nil {
		t.Fatalf("Backup() = %v", err)
	}
	if err := s.Backup(t.Context(), to); !errors.Is(err, fs.ErrExist) {
		t.Errorf("Backup over a file = %v", err)
	}
	c, err := sqlite.Open(t.Context(), to)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	err = c.View(t.Context(), func(r record.Reader) error {
		if v, err := r.Meta(t.Context(), "x"); v != "1" || err != nil {
			t.Errorf("Meta in the copy = %q, %v", v, err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
