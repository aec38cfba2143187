package org.wagerail.adapter.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that is refused, for a reason the caller is told. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The reasons, by the code that callers see, each with its status of HTTP. */
  public enum Code {
    BODY_INVALID(400, "请求内容无效", "the body is not what this request takes"),
    FILE_EMPTY(400, "文件为空", "the file is empty"),
    XML_INVALID(400, "文件不是可读取的 XML", "the file is no XML that can be read"),
    IDEMPOTENCY_REQUIRED(
        400,
        "须提供 Idempotency-Key（1至100个可见字符）",
        "Idempotency-Key is missing, or not 1 to 100 visible characters"),
    REQUEST_INVALID(400, "请求无效", "the request is malformed"),
    TOKEN_INVALID(401, "令牌缺失或无效", "the token is missing or not valid"),
    FORBIDDEN(403, "无此权限", "this person has no right to that"),
    FOUR_EYES(403, "须由另一人复核", "a second person must do this"),
    NOT_A_SIGNATORY(403, "此人无权代表总包签署", "this person may not sign for the contractor"),
    OTHER_CONTRACTOR(403, "账户不属于本单位", "the account is not of this person's firm"),
    NOT_FOUND(404, "不存在", "there is nothing of that name"),
    REPORT_NOT_READY(404, "回执尚未生成", "there is no report yet"),
    METHOD_NOT_ALLOWED(405, "不允许该方法", "the method is not allowed here"),
    UPLOAD_TOO_SLOW(408, "上传过慢", "the upload was too slow"),
    IDEMPOTENCY_IN_PROGRESS(409, "同一请求正在处理", "the same request is being worked on"),
    STATE_CONFLICT(409, "当前状态不允许", "its state does not allow that"),
    MESSAGE_ID_REUSED(
        409, "报文标识已用于不同内容", "the message identification was used before for other content"),
    HASH_CHANGED(412, "内容已变更", "the content is another than the one that was looked at"),
    FILE_TOO_LARGE(413, "超过大小上限", "larger than what is taken here"),
    FILE_FORMAT_UNSUPPORTED(415, "不支持该文件类型", "this type of file is not taken"),
    FILE_REFUSED(422, "整份文件被拒绝", "the file is refused as a whole"),
    IDEMPOTENCY_MISMATCH(422, "该 Idempotency-Key 已用于另一请求", "the key was used for another request"),
    SIGNATURE_INVALID(422, "签名与内容不符", "the signature does not fit the content"),
    DECISION_REFUSED(422, "不能如此处理", "it cannot be decided so"),
    PRECONDITION_REQUIRED(428, "须以 If-Match 提供内容摘要", "If-Match must name the hash of the content"),
    TOO_MANY_UPLOADS(429, "同时上传过多，请稍后重试", "too many uploads at once; try again"),
    INTERNAL(500, "内部错误", "something went wrong here");

    private final int status;
    private final String chinese;
    private final String english;

    Code(int status, String chinese, String english) {
      this.status = status;
      this.chinese = chinese;
      this.english = english;
    }

    /** Status of HTTP. */
    public int status() {
      return status;
    }

    /** Both languages. */
    public String title() {
      return chinese + " / " + english;
    }
  }

  /**
   * One thing that is wrong in a file.
   *
   * @param row line of the file or row of the sheet, from 1; 0 where there is none
   * @param place path or column
   * @param code ISO 20022 status reason
   */
  public record Finding(int row, String place, String rule, String code, String message) {}

  private final Code code;
  private final String name;
  private final @Nullable String pointer;
  private final transient List<Finding> findings;

  /** Refuses for a reason that says it all. */
  public Refused(Code code) {
    this(code, code.name(), null, code.title(), List.of());
  }

  /**
   * Refuses, and says what about it.
   *
   * @param detail in both languages
   */
  public Refused(Code code, String detail) {
    this(code, code.name(), null, detail, List.of());
  }

  /**
   * Refuses for what stands at one place, or for several findings.
   *
   * @param name what callers see as the code, where it is finer than the reason
   * @param pointer JSON pointer or path; null where there is none
   * @param detail in both languages
   */
  public Refused(
      Code code, String name, @Nullable String pointer, String detail, List<Finding> findings) {
    super(detail, null, false, false);
    this.code = code;
    this.name = name;
    this.pointer = pointer;
    this.findings = findings;
  }

  public Code code() {
    return code;
  }

  /** What callers see as the code. */
  public String name() {
    return name;
  }

  public @Nullable String pointer() {
    return pointer;
  }

  /** The reason in both languages. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  public List<Finding> findings() {
    return findings;
  }
}
