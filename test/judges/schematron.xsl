<?xml version="1.0" encoding="UTF-8"?>
<!-- Turns rules written in Schematron (ISO/IEC 19757-3, query binding xslt2) into a stylesheet that reports in SVRL what each document breaks. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:out="http://www.w3.org/1999/XSL/TransformAlias" xmlns:sch="http://purl.oclc.org/dsdl/schematron"
  xmlns:svrl="http://purl.oclc.org/dsdl/svrl" xmlns:f="urn:filled" exclude-result-prefixes="xs sch f">
  <xsl:namespace-alias stylesheet-prefix="out" result-prefix="xsl"/>
  <xsl:output method="xml"/>

  <xsl:template match="/">
    <xsl:variable name="whole"><xsl:apply-templates mode="include"/></xsl:variable>
    <xsl:variable name="concrete"><xsl:apply-templates select="$whole" mode="concrete"/></xsl:variable>
    <xsl:apply-templates select="$concrete/sch:schema" mode="compile"/>
  </xsl:template>

  <!-- What a file includes stands in its place. -->
  <xsl:mode name="include" on-no-match="shallow-copy"/>
  <xsl:template match="sch:include" mode="include">
    <xsl:apply-templates select="document(@href, .)/*" mode="include"/>
  </xsl:template>

  <!-- A pattern that is an abstract one with its parameters filled in. -->
  <xsl:mode name="concrete" on-no-match="shallow-copy"/>
  <xsl:template match="sch:pattern[@abstract = 'true']" mode="concrete"/>
  <xsl:template match="sch:pattern[@is-a]" mode="concrete">
    <sch:pattern>
      <xsl:apply-templates select="//sch:pattern[@abstract = 'true'][@id = current()/@is-a]/node()" mode="fill">
        <xsl:with-param name="params" select="sch:param" tunnel="yes"/>
      </xsl:apply-templates>
    </sch:pattern>
  </xsl:template>
  <xsl:mode name="fill" on-no-match="shallow-copy"/>
  <xsl:template match="@context | @test | @select | @value | @path" mode="fill">
    <xsl:param name="params" tunnel="yes"/>
    <xsl:attribute name="{name()}" select="f:filled(., $params)"/>
  </xsl:template>
  <xsl:function name="f:filled" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:param name="params" as="element()*"/>
    <xsl:sequence select="
      if (empty($params)) then $text
      else f:filled(replace($text, concat('\$', replace($params[1]/@name, '[-.]', '\\$0'), '(?![-.\w])'), replace($params[1]/@value, '([\\$])', '\\$1'), ';j'), subsequence($params, 2))"/>
  </xsl:function>

  <xsl:template match="sch:schema" mode="compile">
    <out:stylesheet version="3.0" exclude-result-prefixes="#all">
      <xsl:for-each select="sch:ns"><xsl:namespace name="{@prefix}" select="string(@uri)"/></xsl:for-each>
      <xsl:copy-of select="xsl:*"/>
      <xsl:apply-templates select="sch:let | sch:pattern/sch:let" mode="compile"/>
      <out:template match="/">
        <svrl:schematron-output>
          <xsl:for-each select="sch:pattern"><out:apply-templates select="/" mode="pattern-{position()}"/></xsl:for-each>
        </svrl:schematron-output>
      </out:template>
      <xsl:for-each select="sch:pattern">
        <xsl:variable name="mode" select="concat('pattern-', position())"/>
        <out:template match="/ | node() | @*" mode="{$mode}" priority="-10">
          <out:apply-templates select="@* | node()" mode="{$mode}"/>
        </out:template>
        <!-- Of the rules of a pattern the first that fits a node is asked, and no other. -->
        <xsl:variable name="rules" select="sch:rule[@context]"/>
        <xsl:for-each select="$rules">
          <out:template match="{@context}" mode="{$mode}" priority="{count($rules) - position() + 1}">
            <xsl:apply-templates select="sch:let" mode="compile"/>
            <svrl:fired-rule><xsl:copy-of select="@id"/></svrl:fired-rule>
            <xsl:apply-templates select="sch:assert | sch:report | sch:extends" mode="compile"/>
            <out:apply-templates select="@* | node()" mode="{$mode}"/>
          </out:template>
        </xsl:for-each>
      </xsl:for-each>
    </out:stylesheet>
  </xsl:template>

  <xsl:template match="sch:let" mode="compile">
    <out:variable name="{@name}" select="{@value}"/>
  </xsl:template>
  <xsl:template match="sch:extends" mode="compile">
    <xsl:variable name="rule" select="//sch:rule[@abstract = 'true'][@id = current()/@rule]"/>
    <xsl:apply-templates select="$rule/sch:let | $rule/sch:assert | $rule/sch:report" mode="compile"/>
  </xsl:template>
  <xsl:template match="sch:assert" mode="compile">
    <out:if test="not({@test})"><svrl:failed-assert><xsl:call-template name="said"/></svrl:failed-assert></out:if>
  </xsl:template>
  <xsl:template match="sch:report" mode="compile">
    <out:if test="{@test}"><svrl:successful-report><xsl:call-template name="said"/></svrl:successful-report></out:if>
  </xsl:template>
  <xsl:template name="said">
    <xsl:copy-of select="@id | @flag | @role"/>
    <svrl:text><xsl:value-of select="normalize-space(.)"/></svrl:text>
  </xsl:template>
</xsl:stylesheet>
