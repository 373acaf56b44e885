package postgres_test

import (
	"errors"
	"strings"
	"testing"

	"readout/record"
	"readout/store/postgres"
	"readout/store/postgres/pgtest"
	"readout/store/storetest"
)

func TestStore(t *testing.T) {
	server := pgtest.Start(t)
	storetest.Run(t, func(t *testing.T) record.Store {
		s, err := postgres.Create(t.Context(), postgres.Config{URL: server.Database(t)})
		if err != nil {
			t.Fatal(err)
		}
		return s
	})
}

func TestOpen(t *testing.T) {
	server := pgtest.Start(t)
	empty := server.Database(t)
	for _, c := range []struct {
		url  string
		want error
	}{
		{empty, postgres.ErrEmpty},
		{"postgres://%zz", postgres.ErrAddress},
		{"postgres://localhost/x?search_path=a,b", postgres.ErrAddress},
		{strings.Replace(empty, "readout_test_", "none_", 1), postgres.ErrUnreachable},
		{"postgres://secret:word@127.0.0.1:1/x", postgres.ErrUnreachable},
	} {
		s, err := postgres.Open(t.Context(), postgres.Config{URL: c.url, Patience: -1})
		if !errors.Is(err, c.want) {
			t.Errorf("Open(%s) = %v, %v, want %v", c.url, s, err, c.want)
		}
		if err != nil && strings.Contains(err.Error(), "word") {
			t.Errorf("the error tells the password: %v", err)
		}
	}
}

// TestTwoSchemas: a database holds several records that know nothing of each
// other.
func TestTwoSchemas(t *testing.T) {
	address := pgtest.Start(t).Database(t)
	other := address + "&search_path=other"
	for i, url := range []string{address, other} {
		s, err := postgres.Create(t.Context(), postgres.Config{URL: url})
		if err != nil {
			t.Fatal(err)
		}
		err = s.Update(t.Context(), func(tx record.Tx) error {
			if v, err := tx.Meta(t.Context(), "x"); v != "" || err != nil {
				t.Errorf("schema %d: Meta = %q, %v", i, v, err)
			}
			return tx.SetMeta(t.Context(), "x", url)
		})
		if err := errors.Join(err, s.Close()); err != nil {
			t.Fatal(err)
		}
	}
}
