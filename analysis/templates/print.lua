-- The classes of the still page as styles: functions of print.typ, character and paragraph styles of a Word document.
local inline = { person = "Person", organisation = "Organisation", state = "State", place = "Place", other = "Other actor", open = "Open mention",
  negative = "Negative", positive = "Positive", quotation = "Quoted words", speaker = "Speaker", date = "Date marked", number = "Sentence number", mark = "Marked" }
local block = { note = "Note", accuracy = "Note", ["left-out"] = "Left out" }

function Span(span)
  for _, class in ipairs(span.classes) do
    if inline[class] then
      if FORMAT == "typst" then
        span.content:insert(1, pandoc.RawInline("typst", "#wb-" .. class .. "["))
        span.content:insert(pandoc.RawInline("typst", "];"))
      elseif not span.attributes["custom-style"] then
        span.attributes["custom-style"] = inline[class]
      end
    end
  end
  return span
end

function Div(div)
  if FORMAT == "typst" and div.classes[1] == "lines" then
    return pandoc.RawBlock("typst", "#wb-lines(" .. div.attributes.n .. ")")
  end
  for _, class in ipairs(div.classes) do
    if block[class] then
      if FORMAT == "typst" then
        div.content:insert(1, pandoc.RawBlock("typst", "#wb-" .. class .. "["))
        div.content:insert(pandoc.RawBlock("typst", "];"))
      else
        div.attributes["custom-style"] = block[class]
      end
    end
  end
  return div
end

-- pandoc leaves out the alternative text of a figure's picture, and its width.
function Image(image)
  if FORMAT ~= "typst" then return nil end
  local function quote(text) return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"'):gsub("\n", " ") .. '"' end
  local width = image.attributes.width or (image.attributes.style or ""):match("width: *(%d+%%)") or "100%"
  return pandoc.RawInline("typst", "#image(" .. quote(image.src) .. ", alt: " .. quote(pandoc.utils.stringify(image.caption)) .. ", width: " .. width .. ")")
end
