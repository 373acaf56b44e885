// Package postgres keeps a record in a PostgreSQL database.
//
// It implements record.Store, as store/sqlite does, for records that several
// machines write to and read from. All tables are in one schema, "readout"
// unless the address names another with search_path. Writers of all machines
// take turns by locking one row; readers do not wait for them.
// A transaction is on the server's disk when Update returns, as far as the
// server's synchronous_commit says so.
//
// A connection that breaks, or a server that restarts, is waited for: Update and
// View begin anew until Config.Patience is over. So the function given to Update
// may be called more than once, and what it did may have been kept though no
// answer came: whoever appends entries, which are named by their content, need
// not care.
//
// Migrations are the numbered files in migrations/, run by goose.
package postgres

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"net"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"readout/record"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Errors a caller acts on.
var (
	// ErrAddress is an address that cannot be understood.
	ErrAddress = errors.New("it is no address of a PostgreSQL database")
	// ErrEmpty is a database without a record.
	ErrEmpty = errors.New("there is no record in the database")
	// ErrUnreachable is a server that does not answer, or refuses.
	ErrUnreachable = errors.New("the database cannot be reached")
	// ErrFull is a server without room.
	ErrFull = errors.New("the database's disk is full")
	// ErrUnsupported is what the database's own tools are for.
	ErrUnsupported = errors.New("a record in PostgreSQL is kept by PostgreSQL's tools")
)

// defaultSchema holds the tables when the address names no other.
const defaultSchema = "readout"

// Config says where a record is and how it is reached.
type Config struct {
	// URL is postgres://user:password@host:port/database?settings, with the
	// settings of libpq, pgxpool (pool_max_conns), and search_path, which is the
	// schema of the tables.
	URL string
	// Patience is how long a call waits for a server that is away before it
	// gives up; 0 means a minute, less than 0 not at all.
	Patience time.Duration
}

// IsURL reports whether s is the address of a PostgreSQL database rather than a
// file.
func IsURL(s string) bool {
	return strings.HasPrefix(s, "postgres://") || strings.HasPrefix(s, "postgresql://")
}

// Redact gives an address without its password, for messages.
func Redact(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return "postgres://…"
	}
	return u.Redacted()
}

// Store is an open record in a database. It is safe for many goroutines.
type Store struct {
	pool     *pgxpool.Pool
	patience time.Duration
	turn     chan struct{} // holds one: who writes
	blocks   blocks        // of who has the turn and the lock
}

var _ record.Store = (*Store)(nil)

// Open opens the record in a database. It gives ErrEmpty where there is none,
// record.ErrVersion for one of a newer program.
func Open(ctx context.Context, c Config) (*Store, error) { return open(ctx, c, mustExist) }

// Create opens the record in a database and makes its tables where there are
// none.
func Create(ctx context.Context, c Config) (*Store, error) { return open(ctx, c, mayMake) }

type mode int

const (
	mustExist mode = iota
	mayMake
)

func open(ctx context.Context, c Config, m mode) (*Store, error) {
	schema, err := schemaOf(c.URL)
	if err != nil {
		return nil, err
	}
	pc, err := pgxpool.ParseConfig(c.URL)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", Redact(c.URL), ErrAddress) // the cause may hold the password
	}
	pc.ConnConfig.RuntimeParams["search_path"] = schema
	if pc.ConnConfig.RuntimeParams["application_name"] == "" {
		pc.ConnConfig.RuntimeParams["application_name"] = "readout"
	}
	// Statements are short and many: to compile one takes longer than to run it.
	if pc.ConnConfig.RuntimeParams["jit"] == "" {
		pc.ConnConfig.RuntimeParams["jit"] = "off"
	}
	if pc.ConnConfig.ConnectTimeout == 0 {
		pc.ConnConfig.ConnectTimeout = 10 * time.Second
	}
	pool, err := pgxpool.NewWithConfig(ctx, pc)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", Redact(c.URL), plain(err))
	}
	s := &Store{pool: pool, patience: c.Patience, turn: make(chan struct{}, 1)}
	if s.patience == 0 {
		s.patience = time.Minute
	}
	if err := s.migrate(ctx, pc.ConnConfig, schema, m); err != nil {
		pool.Close()
		return nil, fmt.Errorf("%s: %w", Redact(c.URL), plain(err))
	}
	return s, nil
}

var schemaName = regexp.MustCompile(`^[a-z_][a-z0-9_]{0,62}$`)

func schemaOf(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || !IsURL(address) {
		return "", fmt.Errorf("%s: %w", Redact(address), ErrAddress)
	}
	schema := u.Query().Get("search_path")
	if schema == "" {
		return defaultSchema, nil
	}
	if !schemaName.MatchString(schema) {
		return "", fmt.Errorf("%s: %w: search_path must be one schema in small letters, digits and underscores", Redact(address), ErrAddress)
	}
	return schema, nil
}

// lockOf is the advisory lock of who makes or migrates the tables of a schema.
// Locks belong to a database, so the schema's name is enough.
func lockOf(schema string) int64 {
	h := fnv.New64a()
	h.Write([]byte("readout record " + schema))
	return int64(h.Sum64() >> 1)
}

// migrate brings the tables to the newest version.
func (s *Store) migrate(ctx context.Context, cc *pgx.ConnConfig, schema string, m mode) error {
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	return s.patiently(ctx, func() error {
		conn, err := s.pool.Acquire(ctx)
		if err != nil {
			return err
		}
		defer conn.Release()
		// One process migrates, the others wait.
		lock := lockOf(schema)
		if _, err := conn.Exec(ctx, "select pg_advisory_lock($1)", lock); err != nil {
			return err
		}
		defer conn.Exec(context.WithoutCancel(ctx), "select pg_advisory_unlock($1)", lock)
		var there bool
		if err := conn.QueryRow(ctx, "select to_regclass($1) is not null", schema+".goose_db_version").Scan(&there); err != nil {
			return err
		}
		if !there {
			if m == mustExist {
				return ErrEmpty
			}
			if _, err := conn.Exec(ctx, "create schema if not exists "+schema); err != nil {
				return err
			}
		}
		db := stdlib.OpenDB(*cc)
		defer db.Close()
		p, err := goose.NewProvider(goose.DialectPostgres, db, dir)
		if err != nil {
			return err
		}
		have, err := p.GetDBVersion(ctx)
		if err != nil {
			return err
		}
		sources := p.ListSources()
		if newest := sources[len(sources)-1].Version; have > newest {
			return record.ErrVersion
		}
		_, err = p.Up(ctx)
		return err
	})
}

// View implements record.Store: a transaction that sees one state of the
// database.
func (s *Store) View(ctx context.Context, f func(record.Reader) error) error {
	var tx pgx.Tx
	err := s.patiently(ctx, func() (err error) {
		tx, err = s.pool.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
		return err
	})
	if err != nil {
		return plain(err)
	}
	defer tx.Rollback(context.WithoutCancel(ctx))
	return plain(f(&reader{tx: tx}))
}

// Update implements record.Store. See the package for when f is called again.
func (s *Store) Update(ctx context.Context, f func(record.Tx) error) error {
	select { // those of this process do not take connections to wait on
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	return plain(s.patiently(ctx, func() error {
		tx, err := s.pool.BeginTx(ctx, pgx.TxOptions{})
		if err != nil {
			return err
		}
		defer tx.Rollback(context.WithoutCancel(ctx)) // after a commit it does nothing
		var mark string
		if err := tx.QueryRow(ctx, "select value from meta where name = 'writer' for update").Scan(&mark); err != nil {
			return err
		}
		s.blocks.begin(mark)
		w := newWriter(tx, &s.blocks)
		if err := f(w); err != nil {
			return err
		}
		return w.commit(ctx)
	}))
}

// Close implements record.Store.
func (s *Store) Close() error {
	s.pool.Close()
	return nil
}

// patiently calls f until the server does not fail it any more.
func (s *Store) patiently(ctx context.Context, f func() error) error {
	var waited time.Duration
	for wait := 50 * time.Millisecond; ; wait = min(2*wait, 2*time.Second) {
		err := f()
		if err == nil || !away(err) || ctx.Err() != nil || waited >= s.patience {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
			waited += wait
		}
	}
}

// away reports whether an error is of a server or connection that may come back,
// or of a transaction that the server gave up for another's sake. Codes are
// PostgreSQL's, appendix A.
func away(err error) bool {
	var p *pgconn.PgError
	if errors.As(err, &p) {
		switch p.Code[:min(2, len(p.Code))] {
		case "08", "40": // connection, rollback
			return true
		}
		switch p.Code {
		case "57P01", "57P02", "57P03", "53300": // shutdown, crash, starting up, too many connections
			return true
		}
		return false
	}
	var c *pgconn.ConnectError
	var n net.Error
	return errors.As(err, &c) && !refused(err) || errors.As(err, &n) && !errors.Is(err, context.DeadlineExceeded) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) || pgconn.SafeToRetry(err)
}

// refused reports whether a server answered, and will not have us: another try
// is no use.
func refused(err error) bool {
	var p *pgconn.PgError
	return errors.As(err, &p) && (strings.HasPrefix(p.Code, "28") || p.Code == "3D000")
}

// plain turns the driver's errors into the meanings a caller acts on.
func plain(err error) error {
	var p *pgconn.PgError
	var c *pgconn.ConnectError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &p) && p.Code == "53100":
		return record.Unavailable(fmt.Errorf("%w: %s", ErrFull, p.Message))
	case errors.As(err, &p) && (p.Code == "XX001" || p.Code == "XX002"):
		return fmt.Errorf("%w: %s", record.ErrDamaged, p.Message)
	case errors.As(err, &p) && refused(err):
		return record.Unavailable(fmt.Errorf("%w: %s", ErrUnreachable, p.Message))
	case errors.As(err, &p) && p.Code == "42501":
		return record.Unavailable(fmt.Errorf("the database user may not do this: %s", p.Message))
	case errors.As(err, &c):
		return record.Unavailable(fmt.Errorf("%w: no answer from %s", ErrUnreachable, net.JoinHostPort(c.Config.Host, fmt.Sprint(c.Config.Port))))
	case away(err):
		return record.Unavailable(fmt.Errorf("%w: %w", ErrUnreachable, err))
	}
	return err
}

// Check looks for damage in what the server keeps: that each value can be read.
// Whether its files are whole is told by pg_amcheck and data checksums.
func (s *Store) Check(ctx context.Context) error {
	for _, q := range []string{"select count(length(body)) from entries", "select count(length(body)) from nodes", "select count(*) from keys", "select count(length(why)) from pairs"} {
		var n int64
		if err := s.pool.QueryRow(ctx, q).Scan(&n); err != nil {
			return plain(err)
		}
	}
	return nil
}

// Backup is pg_dump's and the server's own archive's task.
func (s *Store) Backup(context.Context, string) error {
	return fmt.Errorf("%w: pg_dump makes a copy while others add; docs/operations.md tells more", ErrUnsupported)
}

// Scrub leaves no row in the tables of what was erased and dropped. The server
// rewrites the tables and lets nobody else use them meanwhile. Its write-ahead
// log, archives and replicas keep what they have until they are recycled.
func (s *Store) Scrub(ctx context.Context) error {
	for _, t := range []string{"entries", "nodes", "keys", "pairs"} {
		if _, err := s.pool.Exec(ctx, "vacuum full "+t); err != nil {
			return plain(err)
		}
	}
	return nil
}
