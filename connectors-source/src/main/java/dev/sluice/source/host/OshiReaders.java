package dev.sluice.source.host;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HWDiskStore;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.NetworkIF;
import oshi.hardware.Sensors;
import oshi.software.os.FileSystem;
import oshi.software.os.OSFileStore;

/** Readers of the real machine. Loads native code when first asked for a reader. */
final class OshiReaders implements MetricReader.Factory {

  @Override
  public MetricReader reader(HostOptions.Metric metric) {
    SystemInfo system = new SystemInfo();
    HardwareAbstractionLayer hardware = system.getHardware();
    return switch (metric) {
      case CPU -> cpu(hardware.getProcessor());
      case MEMORY -> now -> memory(hardware.getMemory());
      case DISK -> disk(system.getOperatingSystem().getFileSystem(), hardware.getDiskStores());
      case NETWORK -> network(hardware);
      case SENSORS -> now -> sensors(hardware.getSensors());
    };
  }

  private static MetricReader cpu(CentralProcessor processor) {
    long[][] before = {processor.getSystemCpuLoadTicks()};
    return now -> {
      long[] ticks = processor.getSystemCpuLoadTicks();
      double load = processor.getSystemCpuLoadBetweenTicks(before[0], ticks);
      before[0] = ticks;
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("load", rounded(load));
      fields.put("logicalProcessors", processor.getLogicalProcessorCount());
      double average = processor.getSystemLoadAverage(1)[0];
      // Windows keeps no load average.
      if (average >= 0) {
        fields.put("loadAverage1m", rounded(average));
      }
      return List.of(new Reading("cpu", fields));
    };
  }

  private static List<Reading> memory(GlobalMemory memory) {
    Map<String, Object> fields = new LinkedHashMap<>();
    long total = memory.getTotal();
    long available = memory.getAvailable();
    fields.put("totalBytes", total);
    fields.put("availableBytes", available);
    fields.put("used", share(total - available, total));
    fields.put("swapTotalBytes", memory.getVirtualMemory().getSwapTotal());
    fields.put("swapUsedBytes", memory.getVirtualMemory().getSwapUsed());
    return List.of(new Reading("memory", fields));
  }

  private static MetricReader disk(FileSystem files, List<HWDiskStore> disks) {
    Rates rates = new Rates();
    return now -> {
      List<Reading> readings = new ArrayList<>();
      for (OSFileStore store : files.getFileStores(true)) {
        readings.add(space(store));
      }
      for (HWDiskStore disk : disks) {
        if (disk.updateAttributes()) {
          readings.add(traffic(disk, rates, now));
        }
      }
      return readings;
    };
  }

  private static Reading space(OSFileStore store) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("mount", store.getMount());
    fields.put("fileSystem", store.getType());
    fields.put("totalBytes", store.getTotalSpace());
    fields.put("usableBytes", store.getUsableSpace());
    fields.put("used", share(store.getTotalSpace() - store.getFreeSpace(), store.getTotalSpace()));
    return new Reading("disk:" + store.getMount(), fields);
  }

  private static Reading traffic(HWDiskStore disk, Rates rates, Instant now) {
    String name = disk.getName();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("device", name);
    fields.put("readBytes", disk.getReadBytes());
    fields.put("writtenBytes", disk.getWriteBytes());
    rates.put(fields, "readBytesPerSecond", name + ".read", disk.getReadBytes(), now);
    rates.put(fields, "writtenBytesPerSecond", name + ".written", disk.getWriteBytes(), now);
    return new Reading("disk-io:" + name, fields);
  }

  private static MetricReader network(HardwareAbstractionLayer hardware) {
    Rates rates = new Rates();
    return now -> {
      List<Reading> readings = new ArrayList<>();
      for (NetworkIF network : hardware.getNetworkIFs()) {
        String name = network.getName();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("interface", name);
        fields.put("receivedBytes", network.getBytesRecv());
        fields.put("sentBytes", network.getBytesSent());
        fields.put("errors", network.getInErrors() + network.getOutErrors());
        rates.put(fields, "receivedBytesPerSecond", name + ".in", network.getBytesRecv(), now);
        rates.put(fields, "sentBytesPerSecond", name + ".out", network.getBytesSent(), now);
        readings.add(new Reading("network:" + name, fields));
      }
      return readings;
    };
  }

  /** OSHI answers zero, NaN or an empty array for a sensor that is not there. */
  private static List<Reading> sensors(Sensors sensors) {
    Map<String, Object> fields = new LinkedHashMap<>();
    double celsius = sensors.getCpuTemperature();
    if (celsius > 0) {
      fields.put("celsius", rounded(celsius));
    }
    int[] fans = sensors.getFanSpeeds();
    if (Arrays.stream(fans).anyMatch(rpm -> rpm > 0)) {
      fields.put("fansRpm", Arrays.stream(fans).boxed().toList());
    }
    double volts = sensors.getCpuVoltage();
    if (volts > 0) {
      fields.put("volts", rounded(volts));
    }
    return fields.isEmpty() ? List.of() : List.of(new Reading("sensors", fields));
  }

  private static BigDecimal share(long part, long whole) {
    return rounded(whole <= 0 ? 0 : (double) part / whole);
  }

  private static BigDecimal rounded(double value) {
    return BigDecimal.valueOf(Double.isFinite(value) ? value : 0)
        .setScale(4, RoundingMode.HALF_EVEN);
  }
}
