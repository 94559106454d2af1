//! Avro schemas as JSON text (`.avsc`), to and from types.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value as Node, json};

use super::formats::avro::null_first;
use super::formats::{AVRO, from_json, to_json};
use super::schema::{is_avro_name, is_full_name};
use super::{EnumSchema, EnumSymbol, FieldSchema, RecordSchema, Type, Value};

/// A text that is not an Avro schema that this program can use.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Avro schema, {at}: {what}")]
pub struct AvroSchemaError {
    /// The named type or field where it is.
    pub at: String,
    /// What is wrong, and the next step where there is one.
    pub what: String,
}

/// Types may be nested this deep.
const DEPTH: usize = 64;

/// The schema of a type as JSON. A named type is written out where it occurs first and by its name after that; its
/// own parts are complete (name, doc, fields), their order is stable.
pub fn avro_schema(ty: &Type) -> Node {
    write(ty, true, &mut Vec::new())
}

fn write(ty: &Type, null_first: bool, seen: &mut Vec<Arc<str>>) -> Node {
    match ty {
        Type::Bool => json!("boolean"),
        Type::Int => json!("int"),
        Type::Long => json!("long"),
        Type::Float => json!("float"),
        Type::Double => json!("double"),
        Type::Text => json!("string"),
        Type::Bytes => json!("bytes"),
        Type::Uuid => json!({"type": "string", "logicalType": "uuid"}),
        Type::Date => json!({"type": "int", "logicalType": "date"}),
        Type::Time => json!({"type": "int", "logicalType": "time-millis"}),
        Type::Timestamp => json!({"type": "long", "logicalType": "timestamp-millis"}),
        Type::Decimal { precision, scale } => {
            json!({"type": "bytes", "logicalType": "decimal", "precision": precision, "scale": scale})
        }
        Type::List(of) => json!({"type": "array", "items": write(of, true, seen)}),
        Type::Map(of) => json!({"type": "map", "values": write(of, true, seen)}),
        Type::Optional(of) => {
            let of = write(of, true, seen);
            if null_first { json!(["null", of]) } else { json!([of, "null"]) }
        }
        Type::Enum(schema) => {
            if seen.contains(&schema.name) {
                return json!(schema.name);
            }
            seen.push(schema.name.clone());
            let symbols: Vec<&str> = schema.symbols.iter().map(|it| &*it.name).collect();
            let mut node = named("enum", &schema.name, None);
            node.insert("symbols".into(), json!(symbols));
            Node::Object(node)
        }
        Type::Record(schema) => {
            if seen.contains(&schema.name) {
                return json!(schema.name);
            }
            seen.push(schema.name.clone());
            let mut node = named("record", &schema.name, schema.doc.as_deref());
            let fields: Vec<Node> = schema.fields.iter().map(|it| write_field(it, seen)).collect();
            node.insert("fields".into(), Node::Array(fields));
            Node::Object(node)
        }
    }
}

fn named(kind: &str, name: &str, doc: Option<&str>) -> Map<String, Node> {
    let mut node = Map::new();
    node.insert("type".into(), json!(kind));
    let (space, short) = name.rsplit_once('.').unwrap_or(("", name));
    node.insert("name".into(), json!(short));
    // Always written: without it a nested type would take the namespace around it.
    node.insert("namespace".into(), json!(space));
    if let Some(doc) = doc {
        node.insert("doc".into(), json!(doc));
    }
    node
}

fn write_field(field: &FieldSchema, seen: &mut Vec<Arc<str>>) -> Node {
    let mut node = Map::new();
    node.insert("name".into(), json!(field.name));
    node.insert("type".into(), write(&field.ty, null_first(field), seen));
    if let Some(doc) = &field.doc {
        node.insert("doc".into(), json!(doc));
    }
    if let Some(default) = field.effective_default() {
        node.insert("default".into(), write_default(default, &field.ty));
    }
    Node::Object(node)
}

/// A default in Avro's JSON encoding: bytes and decimals as text of code points 0-255, logical types by their base.
fn write_default(value: &Value, ty: &Type) -> Node {
    let bytes = |bytes: &[u8]| json!(bytes.iter().map(|it| char::from(*it)).collect::<String>());
    match (value, ty) {
        (Value::Null, _) => Node::Null,
        (value, Type::Optional(of)) => write_default(value, of),
        (Value::Bytes(it), _) => bytes(it),
        (Value::Decimal(_), _) => {
            let mut out = Vec::new();
            let written = AVRO.encode(value, ty, &mut out);
            // A decimal has at most 16 bytes, so that its length is the first byte.
            if written.is_ok() { bytes(out.get(1..).unwrap_or_default()) } else { Node::Null }
        }
        (Value::Date(it) | Value::Time(it), _) => json!(it),
        (Value::Timestamp(it), _) => json!(it.0),
        (Value::Text(label), Type::Enum(schema)) => {
            let symbol = schema.symbols.iter().find(|it| it.label == *label);
            json!(symbol.map_or(label, |it| &it.name))
        }
        (Value::List(items), Type::List(of)) => Node::Array(items.iter().map(|it| write_default(it, of)).collect()),
        (Value::Map(items), Type::Map(of)) => {
            Node::Object(items.iter().map(|(key, it)| (key.to_string(), write_default(it, of))).collect())
        }
        (Value::Record(values), Type::Record(schema)) => {
            let fields = schema.fields.iter().zip(values.iter());
            Node::Object(fields.map(|(field, it)| (field.name.to_string(), write_default(it, &field.ty))).collect())
        }
        (value, ty) => to_json(value, ty),
    }
}

/// Reads a schema. Unions other than of null and one type, fixed, and types that contain themselves have no
/// counterpart among [`Type`]s and are refused; a logical type that is unknown or invalid is passed over, as the
/// specification says.
pub fn parse_avro_schema(text: &str) -> Result<Type, AvroSchemaError> {
    let node: Node = serde_json::from_str(text).map_err(|error| AvroSchemaError {
        at: format!("line {} column {}", error.line(), error.column()),
        what: error.to_string(),
    })?;
    Reader { known: BTreeMap::new(), path: Vec::new() }.read(&node, "", DEPTH).map(|(ty, _)| ty)
}

struct Reader {
    /// Named types by full name; none while it is being read.
    known: BTreeMap<String, Option<Type>>,
    path: Vec<String>,
}

impl Reader {
    fn wrong(&self, what: impl Into<String>) -> AvroSchemaError {
        let at = if self.path.is_empty() { "top".to_owned() } else { self.path.join(".") };
        AvroSchemaError { at, what: what.into() }
    }

    /// The type, and whether null comes first if it is a union.
    fn read(&mut self, node: &Node, space: &str, depth: usize) -> Result<(Type, bool), AvroSchemaError> {
        let Some(depth) = depth.checked_sub(1) else { return Err(self.wrong("types are nested too deep")) };
        match node {
            Node::String(name) => self.by_name(name, space).map(|it| (it, true)),
            Node::Array(branches) => self.union(branches, space, depth),
            Node::Object(object) => self.object(object, space, depth).map(|it| (it, true)),
            _ => Err(self.wrong("a schema is a name, an object or an array")),
        }
    }

    fn by_name(&self, name: &str, space: &str) -> Result<Type, AvroSchemaError> {
        Ok(match name {
            "boolean" => Type::Bool,
            "int" => Type::Int,
            "long" => Type::Long,
            "float" => Type::Float,
            "double" => Type::Double,
            "bytes" => Type::Bytes,
            "string" => Type::Text,
            "null" => return Err(self.wrong("null stands only in a union with one other type")),
            name => {
                let full = full_name(name, space);
                match self.known.get(&full) {
                    Some(Some(ty)) => ty.clone(),
                    Some(None) => return Err(self.wrong(format!("`{full}` contains itself"))),
                    None => return Err(self.wrong(format!("there is no type `{full}`"))),
                }
            }
        })
    }

    fn union(&mut self, branches: &[Node], space: &str, depth: usize) -> Result<(Type, bool), AvroSchemaError> {
        let null = json!("null");
        let other = match branches {
            [a, b] if *a == null && *b != null => (b, true),
            [a, b] if *b == null && *a != null => (a, false),
            _ => return Err(self.wrong("a union must be of null and one other type")),
        };
        match self.read(other.0, space, depth)?.0 {
            Type::Optional(_) => Err(self.wrong("a union within a union")),
            of => Ok((Type::optional(of), other.1)),
        }
    }

    fn object(&mut self, object: &Map<String, Node>, space: &str, depth: usize) -> Result<Type, AvroSchemaError> {
        let kind = match object.get("type") {
            Some(Node::String(kind)) => kind.as_str(),
            Some(inner) => return self.read(inner, space, depth).map(|(ty, _)| ty),
            None => return Err(self.wrong("`type` is missing")),
        };
        let logical = object.get("logicalType").and_then(Node::as_str);
        let part = |name: &str| object.get(name).ok_or_else(|| self.wrong(format!("`{name}` is missing")));
        match kind {
            "array" => {
                let items = part("items")?;
                Ok(Type::list(self.read(items, space, depth)?.0))
            }
            "map" => {
                let values = part("values")?;
                Ok(Type::map(self.read(values, space, depth)?.0))
            }
            "enum" | "record" | "error" => self.named(kind, object, space, depth),
            "fixed" => Err(self.wrong("fixed has no counterpart on a board; use bytes")),
            kind => {
                let ty = self.by_name(kind, space)?;
                Ok(match (&ty, logical) {
                    (Type::Text, Some("uuid")) => Type::Uuid,
                    (Type::Int, Some("date")) => Type::Date,
                    (Type::Int, Some("time-millis")) => Type::Time,
                    (Type::Long, Some("timestamp-millis")) => Type::Timestamp,
                    (Type::Bytes, Some("decimal")) => decimal(object).unwrap_or(ty),
                    _ => ty,
                })
            }
        }
    }

    fn named(
        &mut self,
        kind: &str,
        object: &Map<String, Node>,
        space: &str,
        depth: usize,
    ) -> Result<Type, AvroSchemaError> {
        let name = object.get("name").and_then(Node::as_str).ok_or_else(|| self.wrong("`name` is missing"))?;
        let own = object.get("namespace").and_then(Node::as_str).unwrap_or(space);
        let full = full_name(name, own);
        self.path.push(full.clone());
        if !is_full_name(&full) {
            return Err(self.wrong("not a legal name: letters, digits and _, and no name of a type"));
        }
        if self.known.contains_key(&full) {
            return Err(self.wrong("defined twice"));
        }
        self.known.insert(full.clone(), None);
        let inner = full.rsplit_once('.').map_or("", |(space, _)| space).to_owned();
        let ty = if kind == "enum" { self.symbols(object, &full)? } else { self.fields(object, &full, &inner, depth)? };
        self.known.insert(full, Some(ty.clone()));
        self.path.pop();
        Ok(ty)
    }

    fn symbols(&self, object: &Map<String, Node>, full: &str) -> Result<Type, AvroSchemaError> {
        let list = object.get("symbols").and_then(Node::as_array).ok_or_else(|| self.wrong("`symbols` is missing"))?;
        let mut symbols: Vec<EnumSymbol> = Vec::with_capacity(list.len());
        for symbol in list {
            let name: Arc<str> = symbol.as_str().unwrap_or_default().into();
            if !is_avro_name(&name) || symbols.iter().any(|it| it.name == name) {
                return Err(self.wrong(format!("`{name}` is not a legal symbol, or is there twice")));
            }
            symbols.push(EnumSymbol { label: name.clone(), name });
        }
        if symbols.is_empty() {
            return Err(self.wrong("an enum without symbols"));
        }
        Ok(Type::Enum(Arc::new(EnumSchema { name: full.into(), symbols })))
    }

    fn fields(
        &mut self,
        object: &Map<String, Node>,
        full: &str,
        space: &str,
        depth: usize,
    ) -> Result<Type, AvroSchemaError> {
        let list = object.get("fields").and_then(Node::as_array).ok_or_else(|| self.wrong("`fields` is missing"))?;
        let mut fields: Vec<FieldSchema> = Vec::with_capacity(list.len());
        for node in list {
            let name = node.get("name").and_then(Node::as_str).unwrap_or_default();
            self.path.push(name.to_owned());
            if !is_avro_name(name) || fields.iter().any(|it| *it.name == *name) {
                return Err(self.wrong("not a legal name for a field, or there twice"));
            }
            let ty = node.get("type").ok_or_else(|| self.wrong("`type` is missing"))?;
            let (ty, null_first) = self.read(ty, space, depth)?;
            let default = match node.get("default") {
                None => None,
                Some(default) => {
                    let value = read_default(default, &ty);
                    Some(value.ok_or_else(|| self.wrong(format!("the default {default} is not {ty}")))?)
                }
            };
            if let (Type::Optional(_), false, false) =
                (&ty, null_first, default.as_ref().is_some_and(|it| !it.is_null()))
            {
                return Err(self.wrong("null must be the first of the union, or the default must not be null"));
            }
            if let (Type::Optional(_), true, Some(true)) = (&ty, null_first, default.as_ref().map(|it| !it.is_null())) {
                return Err(self.wrong("the default must fit the first of the union"));
            }
            let mut field = FieldSchema::new(name, ty);
            field.name = name.into();
            field.id = crate::kit::fold(name).into();
            field.doc = node.get("doc").and_then(Node::as_str).map(str::to_owned);
            field.default = default.filter(|it| !(it.is_null() && field.ty.is_optional()));
            fields.push(field);
            self.path.pop();
        }
        let mut schema = RecordSchema::new(full, fields);
        schema.doc = object.get("doc").and_then(Node::as_str).map(str::to_owned);
        Ok(Type::Record(Arc::new(schema)))
    }
}

fn full_name(name: &str, space: &str) -> String {
    if name.contains('.') || space.is_empty() { name.to_owned() } else { format!("{space}.{name}") }
}

fn decimal(object: &Map<String, Node>) -> Option<Type> {
    let number = |name: &str| object.get(name).and_then(Node::as_u64).and_then(|it| u32::try_from(it).ok());
    let scale = if object.contains_key("scale") { number("scale")? } else { 0 };
    let precision = number("precision")?;
    ((1..=Type::MAX_PRECISION).contains(&precision) && scale <= precision).then_some(Type::Decimal { precision, scale })
}

/// A default from Avro's JSON encoding, if it is one of the type.
fn read_default(node: &Node, ty: &Type) -> Option<Value> {
    let bytes = |text: &str| text.chars().map(|it| u8::try_from(u32::from(it)).ok()).collect::<Option<Vec<u8>>>();
    Some(match (ty, node) {
        (Type::Optional(_), Node::Null) => Value::Null,
        (Type::Optional(of), it) => read_default(it, of)?,
        (Type::Bytes, Node::String(text)) => Value::Bytes(bytes(text)?.into()),
        (Type::Decimal { .. }, Node::String(text)) => {
            let bytes = bytes(text)?;
            let mut datum = vec![u8::try_from(bytes.len().checked_mul(2)?).ok().filter(|it| *it < 128)?];
            datum.extend(bytes);
            AVRO.decode(&datum, ty).ok()?
        }
        (Type::Enum(schema), Node::String(text)) => {
            Value::Text(schema.symbols.iter().find(|it| *it.name == **text)?.label.clone())
        }
        (Type::Text, Node::String(text)) => Value::text(text),
        (Type::Uuid, Node::String(_)) => from_json(node, ty).ok()?,
        (Type::Bool, Node::Bool(it)) => Value::Bool(*it),
        (Type::Int | Type::Date | Type::Time, Node::Number(_)) | (Type::Float | Type::Double, Node::Number(_)) => {
            from_json(node, ty).ok()?
        }
        (Type::Long, Node::Number(it)) => Value::Long(it.as_i64()?),
        (Type::Timestamp, Node::Number(it)) => Value::Timestamp(crate::kit::Timestamp(it.as_i64()?)),
        (Type::List(of), Node::Array(items)) => {
            Value::List(items.iter().map(|it| read_default(it, of)).collect::<Option<_>>()?)
        }
        (Type::Map(of), Node::Object(items)) => {
            let items = items.iter().map(|(key, it)| Some((Arc::from(key.as_str()), read_default(it, of)?)));
            Value::Map(Arc::new(items.collect::<Option<_>>()?))
        }
        (Type::Record(schema), Node::Object(items)) => {
            let field = |field: &FieldSchema| match items.get(&*field.name) {
                Some(it) => read_default(it, &field.ty),
                None => field.effective_default().cloned(),
            };
            Value::Record(schema.fields.iter().map(field).collect::<Option<_>>()?)
        }
        _ => return None,
    })
}
