package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"readout/record"
	"readout/store/postgres"
	"readout/store/sqlite"
)

// keptStore is a store with what keeps it whole.
type keptStore interface {
	record.Store
	// Check looks for damage below the record.
	Check(ctx context.Context) error
	// Backup copies the record to a new file while others write.
	Backup(ctx context.Context, path string) error
	// Scrub leaves nothing of what was erased.
	Scrub(ctx context.Context) error
}

// openStore opens the record that a --db names, a file or the address of a
// database.
func openStore(ctx context.Context, db string) (keptStore, error) {
	if postgres.IsURL(db) {
		s, err := postgres.Open(ctx, postgres.Config{URL: db})
		if err != nil {
			return nil, storeError(err)
		}
		return s, nil
	}
	s, err := sqlite.Open(ctx, db)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, hintError{fmt.Errorf("there is no record %s", db), "make one with 'readout add INPUT…', or name another with --db"}
	}
	if err != nil {
		return nil, storeError(err)
	}
	return s, nil
}

// createStore opens a record, and makes it where there is none.
func createStore(ctx context.Context, db string) (keptStore, error) {
	if postgres.IsURL(db) {
		s, err := postgres.Create(ctx, postgres.Config{URL: db})
		if err != nil {
			return nil, storeError(err)
		}
		return s, nil
	}
	s, err := sqlite.Create(ctx, db)
	if err != nil {
		return nil, storeError(err)
	}
	return s, nil
}

// storeName is what a --db names, as it may be shown: without a password.
func storeName(db string) string {
	if postgres.IsURL(db) {
		return postgres.Redact(db)
	}
	return db
}

// storeError adds what can be done about an error of a store.
func storeError(err error) error {
	for _, h := range []struct {
		is   error
		hint string
	}{
		{record.ErrNoProcess, "'readout process list' has them all, 'readout process new NAME' makes one"},
		{record.ErrVersion, "use the newer version of readout"},
		{record.ErrModel, "give this worker the other program, or move the record to this one's models with 'readout reread'"},
		{sqlite.ErrFormat, "--db names the file of a record, which 'readout add' makes, or postgres://…"},
		{postgres.ErrAddress, "postgres://user@host:5432/database; a password can stand in PGPASSWORD or ~/.pgpass"},
		{postgres.ErrEmpty, "make one with 'readout add INPUT…', or copy one there with 'readout move'"},
		{postgres.ErrUnreachable, "is the server running, and are host, database and user right?"},
		{postgres.ErrFull, "make room and do it again; what was acknowledged is kept"},
		{postgres.ErrUnsupported, "pg_dump postgres://… > backup.sql"},
	} {
		if errors.Is(err, h.is) {
			return hintError{err, h.hint}
		}
	}
	return err
}
