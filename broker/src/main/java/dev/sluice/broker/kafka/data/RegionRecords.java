package dev.sluice.broker.kafka.data;

import dev.sluice.broker.kafka.Transport;
import dev.sluice.log.partition.LogRegion;
import java.io.IOException;
import org.apache.kafka.common.network.TransferableChannel;
import org.apache.kafka.common.record.BaseRecords;
import org.apache.kafka.common.record.DefaultRecordsSend;
import org.apache.kafka.common.record.RecordsSend;
import org.apache.kafka.common.record.TransferableRecords;

/** A region of a log file as the records of a response: goes to the socket without being read. */
final class RegionRecords implements TransferableRecords {

  private final LogRegion region;

  RegionRecords(LogRegion region) {
    this.region = region;
  }

  LogRegion region() {
    return region;
  }

  @Override
  public int sizeInBytes() {
    return region.sizeBytes();
  }

  @Override
  public RecordsSend<? extends BaseRecords> toSend() {
    return new DefaultRecordsSend<>(this);
  }

  @Override
  public int writeTo(TransferableChannel channel, int position, int length) throws IOException {
    if (channel instanceof Transport transport) {
      return Math.toIntExact(transport.transferFrom(region, position));
    }
    return Math.toIntExact(region.transferTo(channel, position));
  }
}
