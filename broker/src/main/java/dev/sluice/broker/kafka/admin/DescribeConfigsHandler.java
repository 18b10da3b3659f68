package dev.sluice.broker.kafka.admin;

import dev.sluice.broker.config.BrokerSettings;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeConfigsRequestData.DescribeConfigsResource;
import org.apache.kafka.common.message.DescribeConfigsResponseData;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResourceResult;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResult;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsSynonym;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ApiError;
import org.apache.kafka.common.requests.DescribeConfigsRequest;
import org.apache.kafka.common.requests.DescribeConfigsResponse;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigType;

/** DescribeConfigs: the settings of topics, groups and this broker, with where they come from. */
final class DescribeConfigsHandler implements BlockingHandler<DescribeConfigsRequest> {

  /** Any name of a group has settings; all that a request could name would fill the memory. */
  private static final int MAX_RESOURCES = 10_000;

  private final ConfigDescriptions descriptions;

  DescribeConfigsHandler(ConfigDescriptions descriptions) {
    this.descriptions = descriptions;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.DESCRIBE_CONFIGS;
  }

  @Override
  public AbstractResponse handle(DescribeConfigsRequest request, Call call) {
    List<DescribeConfigsResource> resources = request.data().resources();
    if (resources.size() > MAX_RESOURCES) {
      throw Errors.INVALID_REQUEST.exception(
          "At most " + MAX_RESOURCES + " resources are described at a time");
    }
    DescribeConfigsResponseData answer = new DescribeConfigsResponseData();
    for (DescribeConfigsResource resource : new LinkedHashSet<>(resources)) {
      DescribeConfigsResult result =
          new DescribeConfigsResult()
              .setResourceType(resource.resourceType())
              .setResourceName(resource.resourceName());
      ApiError error = AdminErrors.attempt(() -> describe(resource, request.data(), call, result));
      answer
          .results()
          .add(result.setErrorCode(error.error().code()).setErrorMessage(error.message()));
    }
    return new DescribeConfigsResponse(answer);
  }

  private void describe(
      DescribeConfigsResource wanted,
      DescribeConfigsRequestData request,
      Call call,
      DescribeConfigsResult result) {
    ConfigResource resource =
        new ConfigResource(ConfigResource.Type.forId(wanted.resourceType()), wanted.resourceName());
    ConfigAccess.require(call, AclOperation.DESCRIBE_CONFIGS, resource);
    List<String> names = wanted.configurationKeys();
    for (ConfigEntry entry : descriptions.of(resource)) {
      if (names == null || names.isEmpty() || names.contains(entry.setting().name())) {
        result.configs().add(describe(entry, resource.type(), request));
      }
    }
  }

  private static DescribeConfigsResourceResult describe(
      ConfigEntry entry, ConfigResource.Type kind, DescribeConfigsRequestData request) {
    DescribeConfigsResourceResult described =
        new DescribeConfigsResourceResult()
            .setName(entry.setting().name())
            .setValue(entry.value())
            .setConfigSource(entry.source().id())
            .setReadOnly(kind == ConfigResource.Type.BROKER)
            .setConfigType(type(entry.setting().type()).id());
    if (request.includeSynonyms()) {
      described.setSynonyms(synonyms(entry, kind));
    }
    if (request.includeDocumentation()) {
      described.setDocumentation(entry.setting().documentation());
    }
    return described;
  }

  /** Where a value can come from, what holds first. */
  private static List<DescribeConfigsSynonym> synonyms(
      ConfigEntry entry, ConfigResource.Type kind) {
    List<DescribeConfigsSynonym> synonyms = new ArrayList<>();
    String name = entry.setting().name();
    if (entry.source() != ConfigSource.DEFAULT_CONFIG) {
      synonyms.add(synonym(name, entry.value(), entry.source()));
    }
    String atServer = kind == ConfigResource.Type.TOPIC ? BrokerSettings.serverName(name) : null;
    synonyms.add(
        synonym(
            atServer == null ? name : atServer,
            entry.setting().standard(),
            ConfigSource.DEFAULT_CONFIG));
    return synonyms;
  }

  private static DescribeConfigsSynonym synonym(String name, String value, ConfigSource source) {
    return new DescribeConfigsSynonym().setName(name).setValue(value).setSource(source.id());
  }

  private static ConfigType type(ConfigDef.Type type) {
    return switch (type) {
      case BOOLEAN -> ConfigType.BOOLEAN;
      case STRING -> ConfigType.STRING;
      case INT -> ConfigType.INT;
      case SHORT -> ConfigType.SHORT;
      case LONG -> ConfigType.LONG;
      case DOUBLE -> ConfigType.DOUBLE;
      case LIST -> ConfigType.LIST;
      case CLASS -> ConfigType.CLASS;
      case PASSWORD -> ConfigType.PASSWORD;
    };
  }
}
