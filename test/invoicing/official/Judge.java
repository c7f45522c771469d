import java.io.File;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.Serializer;
import net.sf.saxon.s9api.XsltCompiler;
import net.sf.saxon.s9api.XsltExecutable;

/**
 * Judge <folder of documents> <rules of EN 16931> <rules of Peppol for billing> <those for self-billing>: a line a document: its name, what the schema of UBL 2.1 says or "valid", the rules
 * that failed. Stylesheets are resources of the class path.
 */
public class Judge {
  private static final Pattern FAILED = Pattern.compile("<svrl:failed-assert[^>]*?\\bid=\"([^\"]+)\"");

  /** Of a jar of the class path, so that what it refers to is found beside it. */
  private static Source resource(String name) {
    return new StreamSource(Judge.class.getClassLoader().getResource(name).toString());
  }

  public static void main(String[] given) throws Exception {
    Processor processor = new Processor(false);
    XsltCompiler compiler = processor.newXsltCompiler();
    List<XsltExecutable> sheets = new ArrayList<>();
    for (int at = 1; at < given.length; at++) sheets.add(compiler.compile(resource(given[at])));
    Map<String, Schema> schemas = new HashMap<>();
    SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
    for (String kind : new String[] {"Invoice", "CreditNote"})
      schemas.put(kind, factory.newSchema(new Source[] {
          resource("schemas/xmldsig-core-schema.xsd"),
          resource("schemas/XAdES01903v132-201601.xsd"),
          resource("schemas/XAdES01903v141-201601.xsd"),
          resource("schemas/CCTS_CCT_SchemaModule.xsd"),
          resource("external/schemas/ubl21/maindoc/UBL-" + kind + "-2.1.xsd")}));
    File[] documents = new File(given[0]).listFiles();
    for (File document : documents) {
      String text = Files.readString(Path.of(document.getPath()));
      String said = "valid";
      try {
        schemas.get(text.contains("<CreditNote") ? "CreditNote" : "Invoice").newValidator().validate(new StreamSource(new StringReader(text)));
      } catch (org.xml.sax.SAXException error) {
        said = error.getMessage().replaceAll("\\s+", " ");
      }
      TreeSet<String> rules = new TreeSet<>();
      boolean isSelfBilled = text.contains(":selfbilling:");
      for (XsltExecutable sheet : List.of(sheets.get(0), sheets.get(isSelfBilled ? 2 : 1))) {
        StringWriter report = new StringWriter();
        Serializer out = processor.newSerializer(report);
        sheet.load30().transform(new StreamSource(new StringReader(text)), out);
        Matcher found = FAILED.matcher(report.toString());
        while (found.find()) rules.add(found.group(1));
      }
      System.out.println(document.getName() + "\t" + said + "\t" + String.join(" ", rules));
    }
  }
}
