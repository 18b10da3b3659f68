package dev.sluice.broker.kafka;

import dev.sluice.broker.kafka.KafkaMetrics.CloseReason;
import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.ApiVersionsRequest;
import org.apache.kafka.common.requests.RequestContext;
import org.apache.kafka.common.requests.RequestHeader;

/** Makes requests of bytes; whatever the bytes are, it is a request or an end of the connection. */
final class RequestParser {

  private RequestParser() {}

  static RequestHeader header(ByteBuffer bytes) throws CloseException {
    try {
      return RequestHeader.parse(bytes);
    } catch (RuntimeException e) {
      throw new CloseException(
          CloseReason.GARBAGE, "A request's header can't be read: " + e.getMessage());
    }
  }

  /**
   * The request behind a header. It may keep some of the bytes.
   *
   * <p>Of an ApiVersions request of an unknown version nothing is read: its answer tells the client
   * which versions there are. Those of other APIs can be neither read nor answered.
   */
  static AbstractRequest body(Exchange exchange, ByteBuffer bytes) throws CloseException {
    RequestContext context = exchange.context();
    ApiKeys api = context.header.apiKey();
    short version = context.header.apiVersion();
    if (!context.header.isApiVersionSupported()) {
      if (api == ApiKeys.API_VERSIONS) {
        return new ApiVersionsRequest(new ApiVersionsRequestData(), (short) 0, version);
      }
      throw new CloseException(
          CloseReason.UNSUPPORTED, "It asks for version " + version + " of " + api);
    }
    try {
      return AbstractRequest.parseRequest(api, version, new RequestFields(bytes, exchange.charge()))
          .request;
    } catch (RequestFields.TooManyException e) {
      throw new CloseException(CloseReason.OVERSIZED, describe(context, e));
    } catch (RequestFields.NoMemoryException e) {
      throw new CloseException(CloseReason.OVERLOAD, describe(context, e));
    } catch (RuntimeException e) {
      throw new CloseException(CloseReason.GARBAGE, describe(context, e));
    }
  }

  private static String describe(RequestContext context, RuntimeException failure) {
    return "A request of "
        + context.header.apiKey()
        + " version "
        + context.header.apiVersion()
        + " can't be read: "
        + (failure.getMessage() == null ? failure : failure.getMessage());
  }

  /**
   * Refuses versions that can be read, but are not answered.
   *
   * @throws UnsupportedVersionException which is what the client is told
   */
  static void checkVersion(ApiHandler<?> handler, RequestContext context) {
    short version = context.apiVersion();
    if (handler.api() != ApiKeys.API_VERSIONS
        && (version < handler.minVersion() || version > handler.maxVersion())) {
      throw new UnsupportedVersionException(
          handler.api()
              + " is answered in versions "
              + handler.minVersion()
              + " to "
              + handler.maxVersion());
    }
  }
}
