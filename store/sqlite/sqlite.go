// Package sqlite keeps a record in one SQLite file.
//
// It implements record.Store with a driver in pure Go. The file is in WAL mode:
// readers do not wait for the writer, and a process that is killed at any
// moment leaves a whole file behind. Writers, of this process or another, take
// turns. A transaction is on the disk when Update returns (synchronous=FULL).
//
// Migrations are the numbered files beside this one, forward only; the number
// of the last one applied is the file's user_version.
package sqlite

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"modernc.org/sqlite" // registers the driver
	sqlite3 "modernc.org/sqlite/lib"

	"readout/record"
)

//go:embed schema1.sql
var schema1 string

//go:embed schema2.sql
var schema2 string

//go:embed schema3.sql
var schema3 string

// migrations are the steps to the newest schema; the length of the list is its
// version.
var migrations = []string{schema1, schema2, schema3}

// applicationID tells a record from other SQLite files: "rdot".
const applicationID = 0x72646f74

// ErrFormat is a file that is no record.
var ErrFormat = errors.New("it is not a readout record")

// Store is an open record file. It is safe for many goroutines.
type Store struct {
	path   string
	write  *sql.DB // one connection
	read   *sql.DB
	writeS statements
	readS  statements
	blocks blocks // of the writing connection, for whose transaction is open
}

var _ record.Store = (*Store)(nil)

// Open opens the record at path. It gives fs.ErrNotExist where there is none,
// ErrFormat for a file that is no record, record.ErrVersion for one of a newer
// program.
func Open(ctx context.Context, path string) (*Store, error) {
	info, err := os.Stat(path)
	if err != nil {
		var p *fs.PathError
		if errors.As(err, &p) {
			err = p.Err
		}
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if info.IsDir() {
		return nil, fmt.Errorf("%s: %w: it is a folder", path, ErrFormat)
	}
	return open(ctx, path)
}

// Create opens the record at path and makes it where there is none.
func Create(ctx context.Context, path string) (*Store, error) {
	s, err := Open(ctx, path)
	if errors.Is(err, fs.ErrNotExist) {
		if dir := filepath.Dir(path); dir != "." {
			if _, err := os.Stat(dir); err != nil {
				return nil, fmt.Errorf("%s: there is no folder %s", path, dir)
			}
		}
		return open(ctx, path)
	}
	return s, err
}

func open(ctx context.Context, path string) (*Store, error) {
	s := &Store{path: path}
	var err error
	if s.write, err = connect(path, 1, true); err != nil {
		return nil, err
	}
	if s.read, err = connect(path, max(4, runtime.GOMAXPROCS(0)), false); err != nil {
		s.write.Close()
		return nil, err
	}
	err = s.migrate(ctx)
	if err == nil {
		s.writeS, err = prepare(ctx, s.write)
	}
	if err == nil {
		s.readS, err = prepare(ctx, s.read)
	}
	if err != nil {
		s.Close()
		return nil, fmt.Errorf("%s: %w", path, plain(err))
	}
	return s, nil
}

// connect opens a pool. Transactions of the writing pool take the right to write
// when they begin.
func connect(path string, conns int, writing bool) (*sql.DB, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(abs)}
	q := url.Values{"_pragma": {"busy_timeout(1000)", "journal_mode(WAL)", "synchronous(FULL)", "cache_size(-16000)", "temp_store(MEMORY)", "secure_delete(ON)"}}
	if writing {
		q.Set("_txlock", "immediate")
	}
	db, err := sql.Open("sqlite", u.String()+"?"+q.Encode())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	return db, nil
}

// plain turns the driver's errors into the meanings a caller acts on.
func plain(err error) error {
	switch code(err) {
	case sqlite3.SQLITE_NOTADB:
		return ErrFormat
	case sqlite3.SQLITE_CORRUPT:
		return fmt.Errorf("%w: %w", record.ErrDamaged, err)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN:
		return record.Unavailable(fmt.Errorf("the file or its folder cannot be written: %w", err))
	case sqlite3.SQLITE_FULL:
		return record.Unavailable(fmt.Errorf("the disk is full: %w", err))
	case sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY:
		return record.Unavailable(err)
	}
	return err
}

// code is the primary result code of an SQLite error, 0 for other errors.
func code(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}

func (s *Store) migrate(ctx context.Context) error {
	var app, version, tables int
	for q, v := range map[string]*int{"pragma application_id": &app, "pragma user_version": &version, "select count(*) from sqlite_master": &tables} {
		if err := s.retry(ctx, func() error { return s.write.QueryRowContext(ctx, q).Scan(v) }); err != nil {
			return err
		}
	}
	switch {
	case app != applicationID && (app != 0 || tables > 0):
		return ErrFormat
	case version > len(migrations):
		return record.ErrVersion
	case version == len(migrations):
		return nil
	}
	return s.transact(ctx, func(tx *sql.Tx) error {
		// Another process may have been first.
		if err := tx.QueryRowContext(ctx, "pragma user_version").Scan(&version); err != nil {
			return err
		}
		for i := version; i < len(migrations); i++ {
			if _, err := tx.ExecContext(ctx, migrations[i]); err != nil {
				return fmt.Errorf("migrate to version %d: %w", i+1, err)
			}
		}
		_, err := tx.ExecContext(ctx, fmt.Sprintf("pragma application_id = %d; pragma user_version = %d", applicationID, len(migrations)))
		return err
	})
}

// retry calls f until the file is no longer locked by another process.
func (s *Store) retry(ctx context.Context, f func() error) error {
	for wait := time.Millisecond; ; wait = min(2*wait, 100*time.Millisecond) {
		err := f()
		if err == nil || code(err) != sqlite3.SQLITE_BUSY {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
	}
}

// transact calls f within a writing transaction.
func (s *Store) transact(ctx context.Context, f func(*sql.Tx) error) error {
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	var tx *sql.Tx
	err = s.retry(ctx, func() (err error) {
		tx, err = conn.BeginTx(ctx, nil)
		return err
	})
	if err != nil {
		return err
	}
	if err := f(tx); err != nil {
		tx.Rollback()
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	s.blocks.kept()
	return nil
}

// View implements record.Store.
func (s *Store) View(ctx context.Context, f func(record.Reader) error) error {
	tx, err := s.read.BeginTx(ctx, nil)
	if err != nil {
		return plain(err)
	}
	defer tx.Rollback()
	return plain(f(&reader{tx, s.readS}))
}

// Update implements record.Store.
func (s *Store) Update(ctx context.Context, f func(record.Tx) error) error {
	return plain(s.transact(ctx, func(tx *sql.Tx) error {
		w := &writer{reader{tx, s.writeS}, &s.blocks}
		version, err := collect(ctx, &w.reader, scanOne[int64], qVersion)
		if err != nil {
			return err
		}
		s.blocks.begin(version[0])
		return f(w)
	}))
}

// Close implements record.Store.
func (s *Store) Close() error { return errors.Join(s.read.Close(), s.write.Close()) }

// Check looks for damage in the file itself.
func (s *Store) Check(ctx context.Context) error {
	rows, err := s.read.QueryContext(ctx, "pragma integrity_check(10)")
	if err != nil {
		return plain(err)
	}
	defer rows.Close()
	var found []error
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return plain(err)
		}
		if line != "ok" {
			found = append(found, fmt.Errorf("%w: %s", record.ErrDamaged, line))
		}
	}
	return errors.Join(append(found, plain(rows.Err()))...)
}

// Backup writes the record as it is at this moment to a new file, while others
// may go on adding.
func (s *Store) Backup(ctx context.Context, path string) error {
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("%s: %w", path, fs.ErrExist)
	}
	if _, err := s.read.ExecContext(ctx, "vacuum into ?", path); err != nil {
		return fmt.Errorf("%s: %w", path, plain(err))
	}
	return nil
}

// Scrub leaves no byte in the file of what was erased and dropped. It rewrites
// the file and waits for readers to finish.
func (s *Store) Scrub(ctx context.Context) error {
	for _, q := range []string{"insert into words (words) values ('optimize')", "vacuum", "pragma wal_checkpoint(truncate)"} {
		if err := s.retry(ctx, func() error {
			_, err := s.write.ExecContext(ctx, q)
			return err
		}); err != nil {
			return plain(err)
		}
	}
	return nil
}
