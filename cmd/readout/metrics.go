package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"readout/ingest/queue"
	"readout/ingest/queue/nats"
)

// workerMetrics are the figures of a worker, in Prometheus' format. Their names
// are told in docs/operations.md, with what to be warned of.
type workerMetrics struct {
	reg      *prometheus.Registry
	articles *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	last     prometheus.Gauge
}

// newMetrics are the figures that every process of readout has.
func newMetrics(model string) *prometheus.Registry {
	info := prometheus.NewGauge(prometheus.GaugeOpts{Name: "readout_build_info", Help: "1, with the version and the models as labels.", ConstLabels: prometheus.Labels{"version": version(), "model": model}})
	info.Set(1)
	reg := prometheus.NewRegistry()
	reg.MustRegister(info, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return reg
}

func newWorkerMetrics(q *nats.Queue, held func() int64, model string) *workerMetrics {
	m := &workerMetrics{
		reg:      newMetrics(model),
		articles: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "readout_worker_articles_total", Help: "Articles done with, by what came of them."}, []string{"outcome"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "readout_worker_seconds", Help: "Seconds that an article took, by step; of articles stored together, the share of each.", Buckets: prometheus.ExponentialBuckets(0.001, 2, 18),
		}, []string{"step"}),
		last: prometheus.NewGauge(prometheus.GaugeOpts{Name: "readout_worker_last_article_seconds", Help: "When the last article was done with, in seconds since 1970."}),
	}
	for _, o := range queue.Outcomes {
		m.articles.WithLabelValues(o.String()) // 0 is a figure too
	}
	waits := prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "readout_worker_held_articles", Help: "Articles that were read and wait, since the record cannot be reached or has no room."}, func() float64 { return float64(held()) })
	m.reg.MustRegister(m.articles, m.seconds, m.last, waits, &queueCollector{q})
	return m
}

func (m *workerMetrics) report(r queue.Report) {
	m.articles.WithLabelValues(r.Outcome.String()).Inc()
	m.last.SetToCurrentTime()
	for step, d := range map[string]time.Duration{"read": r.Reading, "store": r.Storing} {
		if d > 0 {
			m.seconds.WithLabelValues(step).Observe(d.Seconds())
		}
	}
}

// serve shows the metrics at an address until stop is called; "" is none.
func (m *workerMetrics) serve(ctx context.Context, address string) (stop func(), err error) {
	if address == "" {
		return func() {}, nil
	}
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, hintError{fmt.Errorf("--metrics: %w", err), "HOST:PORT that nobody else listens on, like 127.0.0.1:9464"}
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.reg, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "ok\n") })
	s := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = s.Serve(l) // it ends when stop closes it; without metrics the worker goes on
	}()
	return func() {
		s.Close()
		<-done
	}, nil
}

// queueCollector asks the queue for its state when the metrics are asked for.
type queueCollector struct{ q *nats.Queue }

var (
	queueArticles = prometheus.NewDesc("readout_queue_articles", "Articles in the queue: live and backlog wait, working are handed out, dead cannot be read.", []string{"state"}, nil)
	queueBytes    = prometheus.NewDesc("readout_queue_bytes", "Bytes of the articles that are not dead.", nil, nil)
	queueUp       = prometheus.NewDesc("readout_queue_up", "1 when the queue answers.", nil, nil)
)

// Describe implements prometheus.Collector.
func (c *queueCollector) Describe(to chan<- *prometheus.Desc) {
	to <- queueArticles
	to <- queueBytes
	to <- queueUp
}

// Collect implements prometheus.Collector.
func (c *queueCollector) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	s, err := c.q.State(ctx)
	if err != nil {
		to <- prometheus.MustNewConstMetric(queueUp, prometheus.GaugeValue, 0)
		return
	}
	to <- prometheus.MustNewConstMetric(queueUp, prometheus.GaugeValue, 1)
	to <- prometheus.MustNewConstMetric(queueBytes, prometheus.GaugeValue, float64(s.Bytes))
	for state, n := range map[string]int64{"live": s.Live, "backlog": s.Backlog, "working": s.Working, "dead": s.Dead} {
		to <- prometheus.MustNewConstMetric(queueArticles, prometheus.GaugeValue, float64(n), state)
	}
}
