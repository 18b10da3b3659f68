package dev.sluice.broker.security;

import java.util.LinkedHashMap;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.MetricValueProvider;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.Sensor;

/**
 * Metrics that nobody reads, for a plugin that insists on recording some: its sensors are above the
 * level that is recorded, so that recording takes no lock.
 */
final class UnmeteredPlugin implements PluginMetrics {

  private static final String GROUP = "plugins";

  private final Metrics metrics =
      new Metrics(new MetricConfig().recordLevel(Sensor.RecordingLevel.INFO));

  @Override
  public MetricName metricName(
      String name, String description, LinkedHashMap<String, String> tags) {
    return metrics.metricName(name, GROUP, description, tags);
  }

  @Override
  public void addMetric(MetricName name, MetricValueProvider<?> provider) {
    metrics.addMetric(name, provider);
  }

  @Override
  public void removeMetric(MetricName name) {
    Object unused = metrics.removeMetric(name);
  }

  @Override
  public Sensor addSensor(String name) {
    return metrics.sensor(name, Sensor.RecordingLevel.DEBUG);
  }

  @Override
  public void removeSensor(String name) {
    metrics.removeSensor(name);
  }
}
