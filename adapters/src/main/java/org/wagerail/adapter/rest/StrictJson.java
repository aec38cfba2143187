package org.wagerail.adapter.rest;

import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * Reads a body as exactly what a request takes: no member twice, none unknown or missing, no number
 * made of a text or a fraction, nothing deep.
 */
final class StrictJson {
  private static final int DEEPEST = 16;
  private static final int LONGEST_TEXT = 20_000;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxStringLength(LONGEST_TEXT)
                          .maxNumberLength(40)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              texts ->
                  texts
                      .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .build();

  private StrictJson() {}

  /**
   * @throws Refused with BODY_INVALID and a pointer
   */
  static <T> T read(byte[] body, Class<T> type) {
    try {
      var read = JSON.readValue(body, type);
      if (read == null) {
        throw new Refused(Refused.Code.BODY_INVALID);
      }
      return read;
    } catch (DatabindException e) {
      var pointer =
          e.getPath().stream()
              .map(at -> at.getPropertyName() == null ? "" + at.getIndex() : at.getPropertyName())
              .collect(Collectors.joining("/", "/", ""));
      throw new Refused(
          Refused.Code.BODY_INVALID,
          Refused.Code.BODY_INVALID.name(),
          pointer,
          Refused.Code.BODY_INVALID.title(),
          java.util.List.of());
    } catch (JacksonException e) {
      throw new Refused(Refused.Code.BODY_INVALID);
    }
  }
}
