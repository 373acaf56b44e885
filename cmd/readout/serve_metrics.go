package main

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// serverMetrics are the figures of a server, in Prometheus' format. Their names
// are told in docs/serve.md.
type serverMetrics struct {
	reg      *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	inFlight prometheus.Gauge
}

func newServerMetrics(model string) *serverMetrics {
	m := &serverMetrics{
		reg:      newMetrics(model),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "readout_http_requests_total", Help: "Requests answered, by route and status."}, []string{"route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "readout_http_request_seconds", Help: "Seconds that an answer took, by route.", Buckets: prometheus.ExponentialBuckets(0.001, 2, 16),
		}, []string{"route"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{Name: "readout_http_requests_in_flight", Help: "Requests that are being answered."}),
	}
	m.reg.MustRegister(m.requests, m.seconds, m.inFlight)
	return m
}

// observe is told of every answer.
func (m *serverMetrics) observe(route string, status int, took time.Duration) {
	m.requests.WithLabelValues(route, strconv.Itoa(status)).Inc()
	m.seconds.WithLabelValues(route).Observe(took.Seconds())
}

// counting counts what is being answered.
func (m *serverMetrics) counting(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		m.inFlight.Inc()
		defer m.inFlight.Dec()
		next.ServeHTTP(w, r)
	})
}

func (m *serverMetrics) handler() http.Handler {
	return promhttp.HandlerFor(m.reg, promhttp.HandlerOpts{})
}
