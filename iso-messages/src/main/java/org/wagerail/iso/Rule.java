package org.wagerail.iso;

/**
 * The rules a message can break, by stable name, each with its usual ISO reason code and its
 * sentence in both languages. {@code %s} in a sentence is the value, name or limit at hand.
 */
public enum Rule {
  FILE_EMPTY("FF01", "The file is empty.", "文件为空。"),
  XML_NOT_WELL_FORMED("FF01", "The XML is not well-formed: %s.", "XML 格式不正确：%s。"),
  XML_DTD_FORBIDDEN("FF01", "A document type declaration is not allowed.", "不允许出现文档类型声明（DTD）。"),
  XML_TOO_DEEP("FF01", "Elements are nested deeper than %s.", "元素嵌套超过 %s 层。"),
  XML_TEXT_TOO_LONG("FF01", "A text is longer than %s.", "文本长度超过 %s。"),
  XML_TOO_MANY_ATTRIBUTES(
      "FF01", "An element has more than %s attributes or namespaces.", "元素的属性或命名空间超过 %s 个。"),
  XML_TOO_MANY_NAMES(
      "FF01",
      "The file uses more than %s names that the message does not know.",
      "文件使用了超过 %s 个报文未定义的名称。"),
  XML_ENCODING("FF01", "The encoding is not accepted or not as declared: %s.", "编码不被接受或与声明不符：%s。"),
  MESSAGE_UNSUPPORTED("FF01", "The message is not supported: %s.", "不支持该报文：%s。"),
  MESSAGE_REPEATED("FF01", "The file holds more than one document.", "文件中含有多个报文。"),
  MESSAGE_OTHER("FF01", "The file holds %s, which is not expected here.", "文件中的报文为 %s，此处不接受。"),
  NAMESPACE("FF01", "The element is in the wrong namespace: %s.", "元素的命名空间不正确：%s。"),
  ELEMENT_UNEXPECTED("FF01", "Element %s is not expected here.", "此处不应出现元素 %s。"),
  ELEMENT_MISSING("FF01", "Element %s is missing.", "缺少元素 %s。"),
  ELEMENT_REPEATED("FF01", "Element %s occurs too often.", "元素 %s 出现次数过多。"),
  TEXT_UNEXPECTED("FF01", "Text is not allowed between elements.", "元素之间不允许出现文本。"),
  TYPE_UNEXPECTED("FF01", "xsi:type %s does not fit here.", "此处不允许使用 xsi:type %s。"),
  ATTRIBUTE_MISSING("FF01", "Attribute %s is missing.", "缺少属性 %s。"),
  ATTRIBUTE_UNEXPECTED("FF01", "Attribute %s is not allowed.", "不允许出现属性 %s。"),
  ENUMERATION("FF01", "'%s' is not one of the allowed codes.", "“%s”不是允许的代码。"),
  PATTERN("FF01", "'%s' does not have the required form.", "“%s”不符合规定的格式。"),
  LENGTH("FF01", "'%s' is too short or too long.", "“%s”的长度不符合规定。"),
  AMOUNT_FORMAT("AM12", "'%s' is not an allowed amount.", "“%s”不是有效金额。"),
  NUMBER_FORMAT("FF01", "'%s' is not an allowed number.", "“%s”不是有效数字。"),
  DIGITS("FF01", "'%s' has too many digits.", "“%s”的位数过多。"),
  DECIMALS("CH20", "'%s' has too many decimals.", "“%s”的小数位过多。"),
  DATE_FORMAT("DT01", "'%s' is not a valid date or time.", "“%s”不是有效的日期或时间。"),
  BOOLEAN_FORMAT("FF01", "'%s' is neither true nor false.", "“%s”不是有效的布尔值。"),
  BINARY_FORMAT("FF01", "The value is not base64.", "该值不是有效的 base64 编码。"),
  TOTALS_GROUP_COUNT(
      "AM19",
      "The group declares another number of transactions than it holds: %s.",
      "组级声明笔数与实际不符：%s。"),
  TOTALS_GROUP_SUM(
      "AM16",
      "The group declares another control sum than its amounts add up to: %s.",
      "组级控制总额与实际不符：%s。"),
  TOTALS_BATCH_COUNT(
      "AM20",
      "The batch declares another number of transactions than it holds: %s.",
      "批次声明笔数与实际不符：%s。"),
  TOTALS_BATCH_SUM(
      "AM17",
      "The batch declares another control sum than its amounts add up to: %s.",
      "批次控制总额与实际不符：%s。");

  private final String code;
  private final String english;
  private final String chinese;

  Rule(String code, String english, String chinese) {
    this.code = code;
    this.english = english;
    this.chinese = chinese;
  }

  /** ISO 20022 status reason code that usually goes with this rule. */
  public String code() {
    return code;
  }

  /** Whether the rule is about totals, which the schema does not know. */
  public boolean totals() {
    return ordinal() >= TOTALS_GROUP_COUNT.ordinal();
  }

  /** Whether reading stops here: what follows cannot be trusted or told apart. */
  boolean fatal() {
    return ordinal() <= MESSAGE_OTHER.ordinal();
  }

  String sentence(String detail) {
    return english.replace("%s", detail) + " / " + chinese.replace("%s", detail);
  }
}
